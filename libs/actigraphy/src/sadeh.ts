import type { ActivityCounts } from './activity-counts.ts'
import { SLEEP, type SleepWake, WAKE, scoredMinutes } from './sleep-wake.ts'
import { zeroPadded } from './zero-padded.ts'

const HALF_WINDOW = 5
const WINDOW = 2 * HALF_WINDOW + 1
const LAST = HALF_WINDOW + 1
const NAT_FROM = 50
const NAT_BELOW = 100

export type SadehMethod = 'sadeh-1994' | 'sadeh-actilife'

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
  const a = zeroPadded(counts.minutes, HALF_WINDOW, HALF_WINDOW)
  const states = new Int8Array(counts.minutes.length)
  const isPublished = method === 'sadeh-1994'
  let nat = 0
  for (let i = 0; i < WINDOW - 1; i += 1) nat += inNat(a[i]!)
  for (let i = 0; i < states.length; i += 1) {
    nat += inNat(a[i + WINDOW - 1]!)
    const last = a[i]! + a[i + 1]! + a[i + 2]! + a[i + 3]! + a[i + 4]! + a[i + 5]!
    const next = a[i + 6]! + a[i + 7]! + a[i + 8]! + a[i + 9]! + a[i + 10]!
    let ps = 7.601 - 0.065 * ((last + next) / WINDOW) - 1.08 * nat
    // Where nothing moved in the last six minutes, their deviation and the logarithm are 0.
    if (last > 0) ps -= 0.056 * deviation(a, i, last / LAST) + 0.703 * Math.log(a[i + HALF_WINDOW]! + 1)
    states[i] = (isPublished ? ps >= 0 : ps > -4) ? SLEEP : WAKE
    nat -= inNat(a[i]!)
  }
  return scoredMinutes(counts, method, states)
}

const inNat = (value: number) => (value >= NAT_FROM && value < NAT_BELOW ? 1 : 0)

/** Sample standard deviation of the six minutes from `i` on. */
function deviation(a: Float64Array, i: number, mean: number): number {
  const first = (a[i]! - mean) ** 2 + (a[i + 1]! - mean) ** 2 + (a[i + 2]! - mean) ** 2
  const second = (a[i + 3]! - mean) ** 2 + (a[i + 4]! - mean) ** 2 + (a[i + 5]! - mean) ** 2
  return Math.sqrt((first + second) / (LAST - 1))
}
