import { type Sample, dateOfDay, offsetAt } from '@clarity/health-data'

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

/** Hours of local time since 1970 as hours of civil dates (0..23). */
export function hoursByDate(clockHours: Iterable<number>): Map<string, number[]> {
  const dates = new Map<string, number[]>()
  for (const hour of clockHours) {
    const day = Math.floor(hour / 24)
    const date = dateOfDay(day)
    const hours = dates.get(date)
    if (hours) hours.push(hour - day * 24)
    else dates.set(date, [hour - day * 24])
  }
  return dates
}

/** The hours of local time since 1970 in which samples, each in its own zone, observed anything. */
export function clockHours(samples: readonly Sample[]): Set<number> {
  const hours = new Set<number>()
  let added = NaN
  for (const sample of samples) {
    if (!observesMinutes(sample)) continue
    const { timezone, start } = sample
    const first = clockHour(timezone, start)
    const last = clockHour(timezone, lastInstant(sample))
    // Most lie in the hour of the one before.
    if (first !== added) hours.add(first)
    if (last !== first) hours.add(last)
    added = last
  }
  return hours
}

function clockHour(timezone: string, instant: number): number {
  return Math.floor((instant + offsetAt(timezone, instant)) / HOUR_MS)
}

/** Instants that lie in each clock hour that a sample of at most an hour touches: its first and its last. */
export function hourMarks(sample: Sample): number[] {
  return [sample.start, lastInstant(sample)]
}

function lastInstant({ start, end }: Sample): number {
  return Math.max(start, end - 1)
}
