import { type ActivityCounts, MARGIN } from './activity-counts.ts'
import { type SleepWake, scoredMinutes, stateOf } from './sleep-wake.ts'

const HALF_WINDOW = 5
const NAT_FROM = 50
const NAT_BELOW = 100

/** The PS from which on a minute is sleep. */
const SLEEP_FROM = {
  'sadeh-1994': { limit: 0, isSleepAtLimit: true },
  'sadeh-actilife': { limit: -4, isSleepAtLimit: false },
} as const

export type SadehMethod = keyof typeof SLEEP_FROM

/**
 * Sadeh's scoring, with the probability-of-sleep index
 *
 *   PS = 7.601 − 0.065 MeanW5 − 1.08 NAT − 0.056 SDlast6 − 0.703 ln(A + 1)
 *
 * MeanW5 is the mean of A[−5] … A[+5], NAT how many of those eleven lie in 50 ≤ A < 100, SDlast6 the sample standard
 * deviation (n − 1) of A[−5] … A[0]; A in AMA-32 counts a minute. Sleep where PS ≥ 0 (`sadeh-1994`, the paper) or
 * PS > −4 (`sadeh-actilife`, on counts capped at 300: `ACTILIFE_SADEH`). Zeros outside the recording and for
 * unobserved minutes. No minutes give no states; an all-zero recording is sleep throughout.
 * Source: Sadeh, Sharkey & Carskadon 1994, Sleep 17:201–207; ActiLife 6 manual.
 */
export function sadeh(counts: ActivityCounts, method: SadehMethod = 'sadeh-1994'): SleepWake {
  const { padded: a } = counts
  const states = new Int8Array(counts.minutes.length)
  const { limit, isSleepAtLimit } = SLEEP_FROM[method]
  let nat = 0
  for (let at = MARGIN; at < MARGIN + HALF_WINDOW; at += 1) nat += inNat(a[at]!)
  for (let i = 0; i < states.length; i += 1) {
    const at = i + MARGIN
    nat += inNat(a[at + 5]!) - inNat(a[at - 6]!)
    const last = a[at - 5]! + a[at - 4]! + a[at - 3]! + a[at - 2]! + a[at - 1]! + a[at]!
    const next = a[at + 1]! + a[at + 2]! + a[at + 3]! + a[at + 4]! + a[at + 5]!
    let ps = 7.601 - 0.065 * ((last + next) / 11) - 1.08 * nat
    // The deviation and the logarithm only lower PS: not where it is wake already, nor where they are 0.
    if (last > 0 && ps >= limit) ps -= 0.056 * deviationOf6(a, at, last / 6)
    if (a[at]! > 0 && ps >= limit) ps -= 0.703 * Math.log(a[at]! + 1)
    states[i] = stateOf(isSleepAtLimit ? ps >= limit : ps > limit)
  }
  return scoredMinutes(counts, method, states)
}

/** Conversions and no branches, as in `stateOf`. */
const inNat = (value: number) => Number(value >= NAT_FROM) - Number(value >= NAT_BELOW)

/** Sample standard deviation (n − 1) of the minute at `at` and the five before it. */
function deviationOf6(a: Float64Array, at: number, mean: number): number {
  const early = (a[at - 5]! - mean) ** 2 + (a[at - 4]! - mean) ** 2 + (a[at - 3]! - mean) ** 2
  const late = (a[at - 2]! - mean) ** 2 + (a[at - 1]! - mean) ** 2 + (a[at]! - mean) ** 2
  return Math.sqrt((early + late) / 5)
}
