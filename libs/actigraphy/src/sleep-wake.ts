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

/** The state of a minute. A conversion and no branch: restless minutes are what a processor guesses wrong. */
export function stateOf(isSleep: boolean): typeof SLEEP | typeof WAKE {
  return Number(isSleep) as typeof SLEEP | typeof WAKE
}

/** The states of a scoring, of which those of unobserved minutes become unscored. */
export function scoredMinutes(
  { unobserved, scale, startMinuteOfDay }: ActivityCounts,
  method: string,
  states: Int8Array,
): SleepWake {
  for (const index of unobserved) states[index] = UNSCORED
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
    const state = states[index]!
    asleep += Number(state === SLEEP)
    scored += Number(state !== UNSCORED)
  }
  return scored === 0 ? null : asleep / scored
}
