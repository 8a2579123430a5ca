import { z } from 'zod'
import { redFlagSchema } from './analysis.ts'

/** A sentence and the paths of the measures it rests on, e.g. `rhythm.relative_amplitude`. */
export const groundedTextSchema = z.object({ text: z.string(), evidence: z.array(z.string()) })
export type GroundedText = z.infer<typeof groundedTextSchema>

export const insightSchema = z.object({
  insight_id: z.string(),
  analysis_id: z.string(),
  source: z.enum(['gemini', 'rules']),
  model: z.string(),
  prompt_version: z.string(),
  language: z.string(),
  narrative: z.string(),
  key_insights: z.array(groundedTextSchema),
  recommendations: z.array(groundedTextSchema),
  red_flags: z.array(redFlagSchema),
  confidence: z.object({ value: z.number().min(0).max(1), basis: z.string() }),
  disclaimer: z.string(),
  degraded: z.boolean(),
  generated_at: z.string(),
  trace_id: z.string().nullable(),
  usage: z.object({
    input_tokens: z.number().int(),
    output_tokens: z.number().int(),
    latency_ms: z.number(),
    cached: z.boolean(),
  }),
})
export type Insight = z.infer<typeof insightSchema>

/** What is answered for an insight that is still being made. */
export const pendingInsightSchema = z.object({ insight_id: z.string(), status: z.literal('pending') })
