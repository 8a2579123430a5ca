import { z } from 'zod'

/** What an insight may be about: all measures, or one part of them. */
export const INSIGHT_TYPES = ['summary', 'sleep', 'rhythm', 'activity', 'vitals'] as const
export type InsightType = (typeof INSIGHT_TYPES)[number]

/** Longest `context`, in characters. */
const MAX_CONTEXT = 1000

const id = z.string().min(1).max(128)

/** `POST /insights/generate`. */
export const generateInsightSchema = z.object({
  analysis_id: id.describe('The analysis to explain.'),
  context: z
    .string()
    .max(MAX_CONTEXT)
    .optional()
    .describe('What the person says of these days, in their own words; told to the model, never cited.'),
  language: z
    .string()
    .regex(/^en(-[A-Za-z0-9]{2,8})*$/i, 'is not supported: insights are written in English (en)')
    .optional()
    .describe('Language tag; `en` and its regions.'),
  insight_type: z.enum(INSIGHT_TYPES).optional().describe('`summary` unless told.'),
})
export type GenerateInsight = z.output<typeof generateInsightSchema>

/** `POST /internal/insights`: the same, and whose. */
export const internalInsightSchema = generateInsightSchema.extend({ user_id: id })
export type InternalInsight = z.output<typeof internalInsightSchema>
