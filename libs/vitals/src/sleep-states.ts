import { type SleepSession, addDays, instantOf } from '@clarity/health-data'
import { isSleep } from './sleep-night.ts'

const MINUTE_MS = 60_000
const UNKNOWN = -1

/** The nights and naps of each civil day of waking, and the days asked. */
export interface RecordedSleep {
  readonly sessions: ReadonlyMap<string, readonly SleepSession[]>
  readonly dates: readonly string[]
  readonly timezone: string
}

/**
 * Minutes asleep (1), awake (0) or unknown (−1) from the stages that a device recorded, from noon before the first
 * date to noon of the last one, in elapsed minutes (a day with a change of the clocks has 23 or 25 hours). The day
 * from noon to noon is known where its date has a night with stages: what no stage of sleep covers is then awake.
 * Empty without dates.
 * Source: Phillips et al. 2017, Sci Rep 7:3216, whose index compares such states 24 hours apart.
 */
export function recordedSleepStates({ sessions, dates, timezone }: RecordedSleep): Int8Array {
  const noonOf = (date: string) => instantOf(timezone, Date.parse(date) + 720 * MINUTE_MS)
  const [first, last] = [dates[0], dates.at(-1)]
  if (first === undefined || last === undefined) return new Int8Array()
  const from = noonOf(addDays(first, -1))
  const index = (instant: number) => Math.round((instant - from) / MINUTE_MS)
  const states = new Int8Array(index(noonOf(last))).fill(UNKNOWN)
  const sleep = dates.flatMap((date) =>
    (sessions.get(date) ?? []).flatMap(({ stages }) => stages.filter(isSleep)),
  )
  for (const date of dates) {
    const isRecorded = (sessions.get(date) ?? []).some(({ stages }) => stages.some(isSleep))
    if (isRecorded) states.fill(0, index(noonOf(addDays(date, -1))), index(noonOf(date)))
  }
  for (const { start, end } of sleep) {
    for (let minute = Math.max(0, index(start)); minute < Math.min(states.length, index(end)); minute += 1) {
      if (states[minute] === 0) states[minute] = 1
    }
  }
  return states
}
