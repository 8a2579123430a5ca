import type { ActivityCounts, CountScale } from './activity-counts.ts'

export const UNSCORED = -1
export const WAKE = 0
export const SLEEP = 1

/**
 * Sleep and wake minute by minute: `SLEEP`, `WAKE`, or `UNSCORED` where the minute itself was not observed.
 * `method` and `scale` go wherever a figure that is made from it goes.
 */
export interface SleepWake {
  readonly method: string
  readonly scale: CountScale
  readonly startMinuteOfDay: number
  readonly states: Int8Array
}

/** An index of wakefulness for each minute and where it becomes sleep: below `limit`, or also at it. */
export interface WakeIndex {
  readonly values: Float64Array
  readonly limit: number
  readonly sleepAtLimit: boolean
}

/** Scores every observed minute by its index; unobserved ones stay unscored. */
export function scoreMinutes(
  { minutes, scale, startMinuteOfDay }: ActivityCounts,
  method: string,
  { values, limit, sleepAtLimit }: WakeIndex,
): SleepWake {
  const states = new Int8Array(minutes.length)
  for (let index = 0; index < states.length; index += 1) {
    const value = values[index]!
    const asleep = value < limit || (sleepAtLimit && value === limit)
    states[index] = Number.isNaN(minutes[index]!) ? UNSCORED : asleep ? SLEEP : WAKE
  }
  return { method, scale, startMinuteOfDay, states }
}

/** One character a minute: `1` sleep, `0` wake, `-` unscored; the empty string for no minutes. */
export function formatSleepWake({ states }: SleepWake): string {
  return Array.from(states, (state) => (state === UNSCORED ? '-' : String(state))).join('')
}

/** Share of the scored minutes that is sleep, 0..1; `null` where none is scored. */
export function sleepShare({ states }: SleepWake): number | null {
  let asleep = 0
  let scored = 0
  for (let index = 0; index < states.length; index += 1) {
    if (states[index] === UNSCORED) continue
    scored += 1
    if (states[index] === SLEEP) asleep += 1
  }
  return scored === 0 ? null : asleep / scored
}
