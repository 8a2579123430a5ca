import { invalid } from '@clarity/failure'
import { type BinSums, binsOf, meansOfBins, mergedBins } from './bin-sums.ts'

export const MINUTES_PER_DAY = 1440
export const HOURS_PER_DAY = 24
const MINUTES_PER_HOUR = 60

/**
 * Consecutive minutes of activity. `minutes` holds one value a minute in the unit of the signal (counts or
 * steps a minute); a minute that was not observed is NaN, never 0. `startMinuteOfDay` is the clock minute
 * (0..1439) of the first one.
 */
export interface Recording {
  readonly minutes: Float64Array
  readonly startMinuteOfDay: number
}

/** Means over bins of `length` minutes from the first minute on, of the observed minutes; NaN where there are none. */
export function binMeans(recording: Recording, length: number): Float64Array {
  return meansOfBins(binsOf(recording.minutes, length))
}

/**
 * The average day: 1440 means by clock minute over the days on which that minute was observed; NaN where it
 * never was.
 */
export function averageDay(recording: Recording): Float64Array {
  return meansOfBins(foldByClockMinute(recording))
}

/** The average day in 24 clock hours: each the mean of its observed minutes over all days; NaN where there are none. */
export function averageHours(recording: Recording): Float64Array {
  return meansOfBins(mergedBins(foldByClockMinute(recording), MINUTES_PER_HOUR))
}

/** Sum and number of the observed values at each of the 1440 clock minutes. */
export function foldByClockMinute(recording: Recording): BinSums {
  const sums = new Float64Array(MINUTES_PER_DAY)
  const counts = new Uint16Array(MINUTES_PER_DAY)
  const { minutes } = recording
  let clockMinute = recording.startMinuteOfDay
  for (let index = 0; index < minutes.length; index += 1) {
    const value = minutes[index]!
    if (!Number.isNaN(value)) {
      sums[clockMinute]! += value
      counts[clockMinute]! += 1
    }
    clockMinute = clockMinute + 1 === MINUTES_PER_DAY ? 0 : clockMinute + 1
  }
  return { sums, counts }
}

/** The whole civil days within the recording, midnight to midnight: the index of each one's first minute. */
export function wholeDays({ minutes, startMinuteOfDay }: Recording): number[] {
  const firstMidnight = (MINUTES_PER_DAY - startMinuteOfDay) % MINUTES_PER_DAY
  const days = Math.max(0, Math.floor((minutes.length - firstMidnight) / MINUTES_PER_DAY))
  return Array.from({ length: days }, (_, day) => firstMidnight + day * MINUTES_PER_DAY)
}

/** Mean of the values that are not NaN; NaN where there is none. */
export function mean(values: Float64Array): number {
  let sum = 0
  let count = 0
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return sum / count
}

/** What a computed minute may lack to the whole one that it is. */
const COMPUTING_ERROR = 1e-6

/** Clock minute as local `HH:MM`, as a clock shows it: of 14:59.5 the `14:59`, of a peak found at 14:59.999999999 the `15:00`. */
export function formatClock(minuteOfDay: number): string {
  const whole = Math.floor(minuteOfDay + COMPUTING_ERROR) % MINUTES_PER_DAY
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
}

/**
 * Says no to what cannot be an amount of activity: a negative or an infinite minute, or a start outside
 * 0..1439. Failure kind `invalid`, codes `negative_activity`, `infinite_activity`, `start_minute_of_day`.
 */
export function requireActivity({ minutes, startMinuteOfDay }: Recording): void {
  if (!Number.isInteger(startMinuteOfDay) || startMinuteOfDay < 0 || startMinuteOfDay >= MINUTES_PER_DAY) {
    throw invalid({ code: 'start_minute_of_day', detail: 'A recording starts at a clock minute of 0..1439.' })
  }
  for (let index = 0; index < minutes.length; index += 1) {
    const value = minutes[index]!
    if (value < 0) throw invalid({ code: 'negative_activity', detail: 'Activity cannot be negative.' })
    if (value === Infinity)
      throw invalid({ code: 'infinite_activity', detail: 'Activity cannot be infinite.' })
  }
}
