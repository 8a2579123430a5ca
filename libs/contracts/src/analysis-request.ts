import { z } from 'zod'
import { timezoneSchema } from './account.ts'

/** Two weeks of minutes. */
const MAX_ACTIVITY_MINUTES = 20_160
/** A minute may have several step samples, but the longest body has no more than this. */
const MAX_STEP_SAMPLES = 20_160
/** Room for the longest requests: 20160 numbers of 17 digits, or 20160 step samples. */
export const ANALYSIS_BODY_LIMIT = 4 * 1024 * 1024

/** A day on which the clocks go back. */
const LONGEST_SAMPLE_MS = 25 * 3_600_000

/** The sleep/wake scorings that may be asked for. */
const SCORINGS = [
  'cole-kripke-1992-mean',
  'cole-kripke-1992-10s',
  'sadeh-1994',
  'oakley-1997-20',
  'oakley-1997-40',
  'oakley-1997-80',
  'scripps-2010',
] as const

const instant = z.iso
  .datetime({ offset: true, error: 'is no instant with its offset (RFC 3339)' })
  .refine((text) => text >= '1900' && text < '2101', { message: 'is not within 1900 to 2100' })

/** Activity counts minute by minute from `start` on. */
export const analyzeActivitySchema = z.object({
  start: instant.describe('The first minute; bins begin with it.'),
  timezone: timezoneSchema.describe('IANA zone in which days begin and clock times are told.'),
  activity: z
    .array(z.number().min(0).nullable())
    .min(1)
    .max(MAX_ACTIVITY_MINUTES)
    .describe('One number a minute, `null` where nothing was observed; zeros count as worn.'),
  include: z
    .array(z.enum(['epochs']))
    .max(1)
    .optional()
    .describe('`epochs` adds `sleep_wake` to this answer.'),
  scoring: z.array(z.enum(SCORINGS)).max(SCORINGS.length).optional().describe('Sleep/wake scorings to make.'),
  count_scale: z
    .number()
    .positive()
    .optional()
    .describe('What counts are divided by before they are scored; 1 unless told.'),
  count_cap: z
    .number()
    .positive()
    .optional()
    .describe('What divided counts are cut at before they are scored.'),
})
export type AnalyzeActivity = z.output<typeof analyzeActivitySchema>

/** Steps in intervals, in any order. */
export const analyzeStepsSchema = z.object({
  timezone: timezoneSchema.describe('IANA zone in which days begin and clock times are told.'),
  samples: z
    .array(
      z
        .object({ start: instant, end: instant, steps: z.number().min(0) })
        .refine(({ start, end }) => Date.parse(end) >= Date.parse(start), {
          path: ['end'],
          message: 'is before start',
        })
        .refine(({ start, end }) => Date.parse(end) - Date.parse(start) <= LONGEST_SAMPLE_MS, {
          path: ['end'],
          message: 'is more than 25 hours after start',
        }),
    )
    .min(1)
    .max(MAX_STEP_SAMPLES)
    .describe('In any order, all of one device; a repeated sample counts once.'),
})
export type AnalyzeSteps = z.output<typeof analyzeStepsSchema>

const userId = z.string().min(1).max(128)

/** `POST /internal/analyze`: what a person asked to have analysed. */
export const internalAnalyzeSchema = z.discriminatedUnion('signal', [
  z.object({ signal: z.literal('activity_counts'), user_id: userId, request: analyzeActivitySchema }),
  z.object({ signal: z.literal('steps'), user_id: userId, request: analyzeStepsSchema }),
])
export type InternalAnalyze = z.output<typeof internalAnalyzeSchema>

const modelPort = z.object({
  name: z.string(),
  type: z.string(),
  shape: z.array(z.union([z.string(), z.number()])),
})

/** `GET /pat/models/info`: the manifest of the loaded actigraphy transformer. */
export const modelInfoSchema = z.object({
  name: z.string(),
  architecture: z.string(),
  size: z.enum(['S', 'M', 'L']),
  sha256: z.string(),
  parameters: z.number().int(),
  provenance: z.string(),
  licence: z.string(),
  inputs: z.array(modelPort),
  outputs: z.array(modelPort),
  heads: z.record(z.string(), z.unknown()),
  /** What its model card measured; null where nobody measured anything. */
  quality: z.object({ beats_baselines: z.boolean(), summary: z.string() }).nullable(),
  /** The group that weeks of its unit are scaled against; null where each is scaled within the person. */
  reference: z
    .object({
      name: z.string(),
      unit: z.enum(['activity_counts', 'steps']),
      provenance: z.string(),
      sha256: z.string(),
    })
    .nullable(),
})
