import type { MinuteInterval } from './non-wear.ts'
import { MINUTES_PER_DAY } from './recording.ts'
import { SLEEP, type SleepWake } from './sleep-wake.ts'

const BEDTIME_MINUTES = 5
const WAKE_TIME_MINUTES = 10
const SHORTEST = 160
const LONGEST = MINUTES_PER_DAY

/**
 * Rest intervals within a scoring (Tudor-Locke): one begins at the first of 5 consecutive minutes of sleep, ends at
 * the first of 10 consecutive minutes of wake after it, and counts from 160 minutes up to 24 hours. At any hour of
 * the day, on any scoring, as ActiLife 6 applies it; the paper has Sadeh's, at the waist of children, at night.
 * Unscored minutes count as wake. In order, apart from each other; the last may run to the recording's end. None
 * where nobody sleeps; an all-zero week is one rest of seven days, and so none.
 * Source: Tudor-Locke, Barreira, Schuna, Mire & Katzmarzyk 2014, Appl Physiol Nutr Metab 39:53–57.
 */
export function restIntervals({ states }: SleepWake): MinuteInterval[] {
  const intervals: MinuteInterval[] = []
  let start: number | undefined
  let asleepFor = 0
  let awakeFor = 0
  for (let index = 0; index < states.length; index += 1) {
    const isAsleep = states[index] === SLEEP
    asleepFor = isAsleep ? asleepFor + 1 : 0
    awakeFor = isAsleep ? 0 : awakeFor + 1
    if (asleepFor === BEDTIME_MINUTES) start ??= index + 1 - BEDTIME_MINUTES
    if (awakeFor !== WAKE_TIME_MINUTES || start === undefined) continue
    intervals.push({ start, end: index + 1 - WAKE_TIME_MINUTES })
    start = undefined
  }
  if (start !== undefined) intervals.push({ start, end: states.length })
  return intervals.filter(({ start, end }) => end - start >= SHORTEST && end - start <= LONGEST)
}
