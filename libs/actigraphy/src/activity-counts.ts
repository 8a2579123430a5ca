import { invalid } from '@clarity/failure'
import { type Recording, requireActivity } from './recording.ts'

/**
 * How counts of a device become the counts that a scoring is made on: divided by `divisor`, then no more than
 * `cap` (`null`: uncapped). The share of a week that one formula calls sleep can treble with it, so that every
 * scoring names its scale.
 */
export interface CountScale {
  readonly divisor: number
  readonly cap: number | null
}

/** Counts as the device gives them. */
export const RAW_COUNTS: CountScale = { divisor: 1, cap: null }
/** The scale on which ActiLife 6 applies Cole–Kripke to ActiGraph counts. */
export const ACTILIFE_COLE_KRIPKE: CountScale = { divisor: 100, cap: 300 }
/** The scale on which ActiLife 6 applies Sadeh to ActiGraph counts. */
export const ACTILIFE_SADEH: CountScale = { divisor: 1, cap: 300 }

/**
 * Activity counts a minute on a stated scale: the only signal that sleep is scored from. Steps are none: a minute
 * without steps is sleep, sitting, or a telephone on a table, and scoring works on exactly those minutes.
 */
export interface ActivityCounts {
  readonly signal: 'activity_counts'
  readonly scale: CountScale
  readonly startMinuteOfDay: number
  /** How many minutes there are. */
  readonly length: number
  /**
   * The counts of the minutes, with `MARGIN` zeros before and after them and 0 for each unobserved one, which is what
   * scorings weigh: outside the recording nothing moves. Minute i stands at i + `MARGIN`.
   */
  readonly padded: Float64Array
  /** Indices of the unobserved minutes, ascending. */
  readonly unobserved: readonly number[]
}

/** As far as any scoring looks around a minute. */
export const MARGIN = 10

/**
 * A recording of counts, on a scale. No minutes stay none. Failure kind `invalid`:
 * `count_scale` for a divisor or cap that is not a positive number, and the codes of `requireActivity`.
 */
export function activityCounts(recording: Recording, scale: CountScale = RAW_COUNTS): ActivityCounts {
  const { divisor, cap } = scale
  if (!(divisor > 0 && divisor < Infinity) || (cap !== null && !(cap > 0)))
    throw invalid({ code: 'count_scale', detail: 'A count scale has a positive divisor and a positive cap.' })
  requireActivity(recording)
  const { minutes, startMinuteOfDay } = recording
  const { length } = minutes
  const padded = new Float64Array(length + 2 * MARGIN)
  const unobserved: number[] = []
  const most = cap ?? Infinity
  for (let index = 0; index < length; index += 1) {
    const value = minutes[index]!
    if (Number.isNaN(value)) unobserved.push(index)
    else padded[index + MARGIN] = Math.min(value / divisor, most)
  }
  return { signal: 'activity_counts', scale, startMinuteOfDay, length, padded, unobserved }
}

/** The scale in words, as it stands beside a measure: `counts`, `counts / 100, at most 300`. */
export function describeScale({ divisor, cap }: CountScale): string {
  const divided = divisor === 1 ? 'counts' : `counts / ${divisor}`
  return cap === null ? divided : `${divided}, at most ${cap}`
}
