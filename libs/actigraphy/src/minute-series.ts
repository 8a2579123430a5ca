import { invalid } from '@clarity/failure'
import { type Recording, requireActivity } from './recording.ts'

/** A value at a whole minute since any fixed instant; `null` says that the minute was not observed. */
export interface MinutePoint {
  readonly minute: number
  readonly value: number | null
}

/**
 * A recording from points in any order, with `clockMinuteOf` naming the clock minute of the first one. Minutes
 * between the first and the last point that have none are unobserved (NaN). A point that is given twice with the
 * same value counts once; an unobserved one gives way to an observed one.
 *
 * No points give a recording of no minutes. Failure kind `invalid`: `conflicting_minutes` where one minute has
 * two values, `fractional_minute`, `series_too_long` beyond `longest` minutes, and the codes of
 * `requireActivity`.
 */
export function recordingFromPoints(
  points: readonly MinutePoint[],
  options: { readonly clockMinuteOf: (minute: number) => number; readonly longest: number },
): Recording {
  if (points.length === 0) return { minutes: new Float64Array(0), startMinuteOfDay: 0 }
  const [first, last] = extent(points)
  const length = last - first + 1
  if (length > options.longest)
    throw invalid({ code: 'series_too_long', detail: `A series has at most ${options.longest} minutes.` })
  const minutes = new Float64Array(length).fill(NaN)
  for (const { minute, value } of points) {
    const present = minutes[minute - first]!
    if (value === null || value === present) continue
    if (!Number.isNaN(present))
      throw invalid({ code: 'conflicting_minutes', detail: 'One minute has two different values.' })
    minutes[minute - first] = value
  }
  const recording = { minutes, startMinuteOfDay: options.clockMinuteOf(first) }
  requireActivity(recording)
  return recording
}

function extent(points: readonly MinutePoint[]): [number, number] {
  let [first, last] = [Infinity, -Infinity]
  for (const { minute } of points) {
    if (!Number.isInteger(minute))
      throw invalid({ code: 'fractional_minute', detail: 'A point stands at a whole minute.' })
    if (minute < first) first = minute
    if (minute > last) last = minute
  }
  return [first, last]
}
