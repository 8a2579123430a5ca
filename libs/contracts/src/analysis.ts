import { measureSchema } from '@clarity/health-data'
import { z } from 'zod'
import { baselineDeviationSchema } from './baseline-deviation.ts'

const section = z.record(z.string(), measureSchema)

export const rhythmSchema = z.object({
  interdaily_stability: measureSchema,
  intradaily_variability: measureSchema,
  relative_amplitude: measureSchema,
  l5: measureSchema,
  l5_onset: measureSchema,
  m10: measureSchema,
  m10_onset: measureSchema,
  cosinor_mesor: measureSchema,
  cosinor_amplitude: measureSchema,
  cosinor_peak: measureSchema,
  sleep_regularity_index: measureSchema,
  mean_interdaily_stability: measureSchema.optional(),
  mean_intradaily_variability: measureSchema.optional(),
  active_to_rest: measureSchema.optional(),
  rest_to_active: measureSchema.optional(),
})
export type Rhythm = z.infer<typeof rhythmSchema>

/** A rule that fired: the measure it read, what it was, and the publication behind the limit. */
export const redFlagSchema = z.object({
  code: z.string(),
  title: z.string(),
  measure: z.string(),
  value: z.number(),
  unit: z.string(),
  citation: z.string(),
})
export type RedFlag = z.infer<typeof redFlagSchema>

export const patResultSchema = z.object({
  status: z.enum(['computed', 'abstained']),
  reason: z.string().optional(),
  input: z.enum(['steps', 'activity_counts']),
  validated: z.boolean(),
  model: z.object({ name: z.string(), sha256: z.string(), provenance: z.string() }),
  standardisation: z.string(),
  embedding: z.array(z.number()).length(96).nullable(),
  /** Of each clock hour the share of the last layer's attention; 24 values, 1 in total. */
  attention_by_hour: z.array(z.number()).length(24).optional(),
  /** Distance of the embedding from those of the person's weeks that were analysed earlier. */
  drift: measureSchema.optional(),
  heads: z.record(z.string(), z.never()),
  /** What the model card measured of this model, in one sentence. */
  quality: z.string(),
})
export type PatResult = z.infer<typeof patResultSchema>

export const analysisWindowSchema = z.object({
  start: z.string(),
  end: z.string(),
  timezone: z.string(),
  valid_days: z.number().int(),
  coverage: z.number().min(0).max(1),
})
export type AnalysisWindow = z.infer<typeof analysisWindowSchema>

/** One stored analysis of one window of days; every leaf of its sections is a measure. */
export const analysisSchema = z.object({
  analysis_id: z.string(),
  user_id: z.string(),
  upload_id: z.string().nullable(),
  upload_ids: z.array(z.string()),
  created_at: z.string(),
  digest: z.string(),
  method_version: z.string(),
  window: analysisWindowSchema,
  signal: z.enum(['activity_counts', 'steps']),
  rhythm: rhythmSchema,
  activity: section,
  sleep: section,
  heart: section,
  hrv: section,
  respiration: section,
  oxygen: section,
  /** Present where anything of it was measured. */
  temperature: section.optional(),
  fitness: section.optional(),
  blood_pressure: section.optional(),
  glucose: section.optional(),
  /** What was compared, what stands out first. */
  baseline_deviations: z.array(baselineDeviationSchema),
  red_flags: z.array(redFlagSchema),
  pat: patResultSchema,
  quality: z.object({
    observed_minutes: z.number().int(),
    window_minutes: z.number().int(),
    imputed_share: z.number().min(0).max(1),
    /** The red-flag rules that were examined; a rule not named here has not been looked at. */
    rules_examined: z.array(z.string()),
    days: z.array(z.object({ date: z.string(), observed_hours: z.number().int(), valid: z.boolean() })),
    /** Of activity counts alone: minutes that look as if nobody wore the device; they are counted as worn. */
    non_wear_minutes: z.number().int().optional(),
  }),
  /** By scoring, where scorings were asked for; `rhythm.sleep_regularity_index` is the first of them. */
  sleep_regularity: z.record(z.string(), measureSchema).optional(),
  /** By scoring, one digit a minute: 1 sleep, 0 anything else, unobserved minutes included. In the answer to a request for epochs alone. */
  sleep_wake: z.record(z.string(), z.string()).optional(),
})
export type Analysis = z.infer<typeof analysisSchema>
