import type { ActivityCounts } from './activity-counts.ts'
import { type SleepWake, scoreMinutes } from './sleep-wake.ts'
import { zeroPadded } from './weighted-minutes.ts'

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
 * PS > −4 (`sadeh-actilife`, on counts capped at 300: `ACTILIFE_SADEH`). Zeros outside the recording. No minutes
 * give no states; an all-zero recording is sleep throughout.
 * Source: Sadeh, Sharkey & Carskadon 1994, Sleep 17:201–207; ActiLife 6 manual.
 */
export function sadeh(counts: ActivityCounts, method: SadehMethod = 'sadeh-1994'): SleepWake {
  const padded = zeroPadded(counts.minutes, HALF_WINDOW)
  const isSleep = method === 'sadeh-1994' ? (ps: number) => ps >= 0 : (ps: number) => ps > -4
  return scoreMinutes(counts, method, (index) => isSleep(sleepIndex(padded, index)))
}

/** PS of the minute in the middle of the window that begins at `from`. */
function sleepIndex(padded: Float64Array, from: number): number {
  let sum = 0
  let nat = 0
  let sumLast = 0
  for (let offset = 0; offset < WINDOW; offset += 1) {
    const value = padded[from + offset]!
    sum += value
    if (value >= NAT_FROM && value < NAT_BELOW) nat += 1
    if (offset < LAST) sumLast += value
  }
  const meanLast = sumLast / LAST
  let squares = 0
  for (let offset = 0; offset < LAST; offset += 1) squares += (padded[from + offset]! - meanLast) ** 2
  const sdLast = Math.sqrt(squares / (LAST - 1))
  const logarithm = Math.log(padded[from + HALF_WINDOW]! + 1)
  return 7.601 - 0.065 * (sum / WINDOW) - 1.08 * nat - 0.056 * sdLast - 0.703 * logarithm
}
