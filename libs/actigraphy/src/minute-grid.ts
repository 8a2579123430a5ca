import { HOURS_PER_DAY, MINUTES_PER_DAY, type Recording } from './recording.ts'

const MINUTES_PER_HOUR = 60

/** Activity within one minute of clock time: which day of the window (0..), which clock minute (0..1439), how much. */
export interface ClockSample {
  readonly day: number
  readonly clockMinute: number
  readonly value: number
}

/** Clock hours (24 a day, row by row) in which anything was observed: 1, else 0. */
export function observedClockHours(
  days: number,
  observed: Iterable<{ day: number; clockMinute: number }>,
): Uint8Array {
  const hours = new Uint8Array(days * HOURS_PER_DAY)
  for (const { day, clockMinute } of observed) {
    if (day >= 0 && day < days) hours[day * HOURS_PER_DAY + Math.floor(clockMinute / MINUTES_PER_HOUR)] = 1
  }
  return hours
}

/**
 * The minute grid by clock time: `days` × 1440 minutes from midnight. A minute in an observed hour is the sum of
 * what fell into it (0 where nothing did); a minute of any other hour is NaN. On a day that the clocks go
 * forward the missing hour stays unobserved; when they go back the repeated hour, whose minutes are met twice,
 * is averaged over `repeats`.
 */
export function clockRecording(options: {
  readonly hours: Uint8Array
  readonly samples: Iterable<ClockSample>
  /** Clock minutes of the window (day × 1440 + minute) that the clock showed twice. */
  readonly repeats?: ReadonlySet<number>
}): Recording {
  const { hours, samples, repeats } = options
  const minutes = new Float64Array(hours.length * MINUTES_PER_HOUR)
  minutes.forEach((_, index) => {
    if (!hours[Math.floor(index / MINUTES_PER_HOUR)]) minutes[index] = NaN
  })
  for (const { day, clockMinute, value } of samples) {
    const index = day * MINUTES_PER_DAY + clockMinute
    if (index >= 0 && index < minutes.length) minutes[index]! += value
  }
  for (const index of repeats ?? []) if (index >= 0 && index < minutes.length) minutes[index]! /= 2
  return { minutes, startMinuteOfDay: 0 }
}
