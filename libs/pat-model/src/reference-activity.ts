import { z } from 'zod'
import { WEEK_MINUTES } from './architecture.ts'
import { type Standardised, standardise } from './standardise.ts'

const MINUTES_PER_DAY = 1440
/** Counts or steps. A group so nearly alike at some minute would make any movement at it weigh more than all the rest. */
const LEAST_SD = 1e-3

/**
 * What an optional `reference-activity.json` beside a model says: mean and population standard deviation of each minute
 * of a week over a reference group, as the publication scales with (arXiv 2411.15240). Minute 0 is the midnight with
 * which a recording's first day begins, whatever weekday that is: the publication too counts minutes by their place in
 * the recording.
 */
export const referenceActivitySchema = z.strictObject({
  name: z.string().min(1),
  /** What a minute holds; another input is not scaled with it. */
  unit: z.enum(['activity_counts', 'steps']),
  /** One sentence: whose recordings, and who computed this from them. */
  provenance: z.string().min(1),
  mean: z.array(z.number()).length(WEEK_MINUTES),
  sd: z.array(z.number().min(LEAST_SD)).length(WEEK_MINUTES),
})

export type ReferenceActivity = z.infer<typeof referenceActivitySchema> & {
  /** Of the file. */
  readonly sha256: string
}

interface ActivityWeek {
  /** At most `WEEK_MINUTES` minutes in the reference's unit; `null` where unobserved. */
  readonly activity: readonly (number | null)[]
  /** The clock minute (0..1439) of each: the clocks may change within the week. */
  readonly clockMinuteOf: (minute: number) => number
}

/**
 * Each observed minute against the reference group's at the same clock minute of the same day of the recording:
 * z = (x − mean) / SD, unobserved minutes 0 afterwards. The last minutes of a week that begins after midnight meet the
 * reference's first. Has no value where `standardise` has none: what never varies says nothing of a week; nor where a
 * minute lies beyond what the encoder's numbers hold.
 */
export function standardiseAgainst(
  { mean, sd }: Pick<ReferenceActivity, 'mean' | 'sd'>,
  { activity, clockMinuteOf }: ActivityWeek,
): Standardised {
  const within = standardise(activity)
  if (within.values === undefined) return within
  const first = clockMinuteOf(0)
  const values = Float32Array.from(activity, (value, index) => {
    const place = first + index + clockShift(clockMinuteOf(index) - first - index)
    const minute = (place + WEEK_MINUTES) % WEEK_MINUTES
    return value === null ? 0 : (value - mean[minute]!) / sd[minute]!
  })
  if (!values.every(Number.isFinite)) {
    return { values: undefined, imputedShare: within.imputedShare, reason: 'out-of-range' }
  }
  return { ...within, values }
}

/** By how many minutes the clock has moved, of a difference that midnights may have made whole days larger: −720..719. */
function clockShift(minutes: number): number {
  const half = MINUTES_PER_DAY / 2
  return ((((minutes + half) % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY) - half
}
