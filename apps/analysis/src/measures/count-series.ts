import {
  type ClockChange,
  MINUTES_PER_DAY,
  type Recording,
  alignToClock,
  observedMinutesByDay,
} from '@clarity/actigraphy'
import type { AnalyzeActivity } from '@clarity/contracts'
import { dateOfDay, offsetAt } from '@clarity/health-data'

const MINUTE_MS = 60_000
const WEEK_MINUTES = 7 * MINUTES_PER_DAY
/** Worn minutes that make a civil day of activity counts a valid one. */
const VALID_DAY_MINUTES = 600

/** One civil day of a series. */
export interface CountedDay {
  readonly date: string
  readonly observedMinutes: number
  readonly valid: boolean
}

/** The last week of a series, or all of a shorter one, minute after minute. */
export interface LastWeek {
  readonly recording: Recording
  readonly validDays: number
  /** The clock minute (0..1439) of each of its minutes. */
  readonly clockMinuteOf: (minute: number) => number
}

/** Activity counts as they were sent, in time, and on the clock of their days. */
export interface CountSeries {
  /** Minute after minute, whatever the clock did: for scorings and for the model. */
  readonly recording: Recording
  /** One value a clock minute: for everything that folds days. */
  readonly onClock: Recording
  readonly days: readonly CountedDay[]
  readonly lastWeek: LastWeek
}

/** The minutes of a request, unobserved ones NaN. */
export function countSeries({ start, timezone, activity }: AnalyzeActivity): CountSeries {
  const minutes = Float64Array.from(activity, (value) => value ?? NaN)
  const localMinutes = wallMinutes(Date.parse(start), timezone, minutes.length)
  const recording = { minutes, startMinuteOfDay: clockMinute(localMinutes[0]!) }
  const onClock = alignToClock(recording, clockChanges(localMinutes))
  return {
    recording,
    onClock,
    days: countedDays(onClock, Math.floor(Math.min(...earliest(localMinutes)) / MINUTES_PER_DAY)),
    lastWeek: lastWeekOf(minutes, localMinutes),
  }
}

/** Minutes of the wall clock since 1970 at each minute of the series. */
function wallMinutes(start: number, timezone: string, length: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => {
    const instant = start + index * MINUTE_MS
    return Math.floor((instant + offsetAt(timezone, instant)) / MINUTE_MS)
  })
}

function clockChanges(localMinutes: Float64Array): ClockChange[] {
  const changes: ClockChange[] = []
  for (let index = 1; index < localMinutes.length; index += 1) {
    const minutes = localMinutes[index]! - localMinutes[index - 1]! - 1
    if (minutes !== 0) changes.push({ index, minutes })
  }
  return changes
}

/** The clock can go back behind the first minute, but not by more than a day. */
function earliest(localMinutes: Float64Array): Float64Array {
  return localMinutes.subarray(0, MINUTES_PER_DAY)
}

function countedDays(onClock: Recording, firstDay: number): CountedDay[] {
  return observedMinutesByDay(onClock).map((observedMinutes, index) => ({
    date: dateOfDay(firstDay + index),
    observedMinutes,
    valid: observedMinutes >= VALID_DAY_MINUTES,
  }))
}

function lastWeekOf(minutes: Float64Array, localMinutes: Float64Array): LastWeek {
  const from = Math.max(0, minutes.length - WEEK_MINUTES)
  const clockMinuteOf = (minute: number) => clockMinute(localMinutes[from + minute]!)
  const recording = { minutes: minutes.subarray(from), startMinuteOfDay: clockMinuteOf(0) }
  const changes = clockChanges(localMinutes.subarray(from))
  const worn = observedMinutesByDay(alignToClock(recording, changes))
  const validDays = worn.filter((count) => count >= VALID_DAY_MINUTES).length
  return { recording, validDays, clockMinuteOf }
}

function clockMinute(localMinute: number): number {
  return ((localMinute % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY
}
