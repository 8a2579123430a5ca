import { MINUTES_PER_DAY, type Recording } from './recording.ts'

const PERIOD_MINUTES = 90
const SPIKE_MINUTES = 2
const QUIET_MINUTES = 30

/** Minutes `start` … `end` − 1 of a recording. */
export interface MinuteInterval {
  readonly start: number
  readonly end: number
}

/**
 * Non-wear of a device that counts (Choi): at least 90 minutes of zeros, in which a movement of at most two
 * minutes is overlooked where the 30 minutes before and the 30 minutes after it are zeros. An unobserved minute
 * ends a period. In order, apart from each other; none in a recording of fewer than 90 minutes; an all-zero one
 * is one period.
 *
 * Validated on waist-worn ActiGraph counts in waking life: a still night on a wrist that counts little can look
 * the same, and on steps, where zeros are the rule, it says nothing.
 * Source: Choi, Liu, Matthews & Buchowski 2011, Med Sci Sports Exerc 43:357–364.
 */
export function nonWearIntervals({ minutes }: Recording): MinuteInterval[] {
  const periods: MinuteInterval[] = []
  let current: MinuteInterval | undefined
  for (const run of zeroRuns(minutes)) {
    if (current && isOverlooked(minutes, { current, run })) current = { start: current.start, end: run.end }
    else {
      if (current) periods.push(current)
      current = run
    }
  }
  if (current) periods.push(current)
  return periods.filter(({ start, end }) => end - start >= PERIOD_MINUTES)
}

/** The recording with the minutes of the given intervals unobserved. */
export function withoutIntervals(recording: Recording, intervals: readonly MinuteInterval[]): Recording {
  const minutes = recording.minutes.slice()
  for (const { start, end } of intervals) minutes.fill(NaN, Math.max(0, start), Math.max(0, end))
  return { minutes, startMinuteOfDay: recording.startMinuteOfDay }
}

/**
 * Observed minutes of each civil day that the recording touches, in order: worn minutes, where non-wear has been
 * taken out by `withoutIntervals`. 0..1440 each; none for no minutes.
 */
export function observedMinutesByDay({ minutes, startMinuteOfDay }: Recording): number[] {
  const days: number[] = []
  let from = 0
  for (
    let midnight = MINUTES_PER_DAY - startMinuteOfDay;
    from < minutes.length;
    midnight += MINUTES_PER_DAY
  ) {
    const to = Math.min(midnight, minutes.length)
    let observed = 0
    for (; from < to; from += 1) if (!Number.isNaN(minutes[from]!)) observed += 1
    days.push(observed)
  }
  return days
}

/** Runs of zeros that are long enough to stand beside an overlooked movement; shorter ones are part of no period. */
function zeroRuns(minutes: Float64Array): MinuteInterval[] {
  const runs: MinuteInterval[] = []
  for (let start = 0; start < minutes.length; start += 1) {
    if (minutes[start] !== 0) continue
    let end = start + 1
    while (end < minutes.length && minutes[end] === 0) end += 1
    if (end - start >= QUIET_MINUTES) runs.push({ start, end })
    start = end
  }
  return runs
}

/** Whether what lies between the period so far and the next run of zeros is a movement that Choi overlooks. */
function isOverlooked(
  minutes: Float64Array,
  { current, run }: { current: MinuteInterval; run: MinuteInterval },
): boolean {
  if (run.start - current.end > SPIKE_MINUTES) return false
  for (let index = current.end; index < run.start; index += 1) if (Number.isNaN(minutes[index]!)) return false
  return true
}
