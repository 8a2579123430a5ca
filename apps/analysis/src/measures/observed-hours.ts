import { type Sample, offsetAt } from '@clarity/health-data'

const HOUR_MS = 3_600_000

/** Samples longer than this tell of a day, not of its minutes. */
const LONGEST_MINUTE_SAMPLE_MS = HOUR_MS

/** Hours of a civil day with data that make it a valid day. */
export const VALID_DAY_HOURS = 10

/** True for what counts as observation of single minutes: an accepted, measured sample of at most an hour. */
export function observesMinutes(sample: Sample): boolean {
  return (
    sample.verdict === 'accepted' &&
    !sample.user_entered &&
    sample.end - sample.start <= LONGEST_MINUTE_SAMPLE_MS
  )
}

/** The clock hours (0..23) of a civil day in which its samples, each in its own zone, observed anything. */
export function observedHours(date: string, samples: readonly Sample[]): Set<number> {
  const dayStart = Date.parse(date)
  const hours = new Set<number>()
  for (const sample of samples) {
    if (!observesMinutes(sample)) continue
    for (const instant of hourMarks(sample)) {
      const hour = Math.floor((instant + offsetAt(sample.timezone, instant) - dayStart) / HOUR_MS)
      if (hour >= 0 && hour < 24) hours.add(hour)
    }
  }
  return hours
}

/** Instants that lie in each clock hour that a sample of at most an hour touches: its first and its last. */
export function hourMarks({ start, end }: Sample): number[] {
  return [start, Math.max(start, end - 1)]
}
