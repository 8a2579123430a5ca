import { type ActivityCounts, MARGIN } from './activity-counts.ts'
import { type SleepWake, scoredMinutes, stateOf } from './sleep-wake.ts'

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
  const { padded } = counts
  const states = new Int8Array(counts.length)
  const { limit, isSleepAtLimit } = SLEEP_FROM[method]
  let nat = 0
  for (let at = MARGIN; at < MARGIN + 5; at += 1) nat += inNat(padded[at]!)
  // A[−6] … A[+5] move on through variables: a window read anew each minute takes half as long again.
  let a0 = 0
  let a1 = padded[MARGIN - 6]!
  let a2 = padded[MARGIN - 5]!
  let a3 = padded[MARGIN - 4]!
  let a4 = padded[MARGIN - 3]!
  let a5 = padded[MARGIN - 2]!
  let now = padded[MARGIN - 1]!
  let b1 = padded[MARGIN]!
  let b2 = padded[MARGIN + 1]!
  let b3 = padded[MARGIN + 2]!
  let b4 = padded[MARGIN + 3]!
  let b5 = padded[MARGIN + 4]!
  for (let i = 0; i < states.length; i += 1) {
    a0 = a1
    a1 = a2
    a2 = a3
    a3 = a4
    a4 = a5
    a5 = now
    now = b1
    b1 = b2
    b2 = b3
    b3 = b4
    b4 = b5
    b5 = padded[i + MARGIN + 5]!
    nat += inNat(b5) - inNat(a0)
    const last = a1 + a2 + a3 + a4 + a5 + now
    const next = b1 + b2 + b3 + b4 + b5
    const mean = last / 6
    const early = (a1 - mean) ** 2 + (a2 - mean) ** 2 + (a3 - mean) ** 2
    const late = (a4 - mean) ** 2 + (a5 - mean) ** 2 + (now - mean) ** 2
    let ps = 7.601 - 0.065 * ((last + next) / 11) - 1.08 * nat - 0.056 * Math.sqrt((early + late) / 5)
    // The logarithm only lowers PS: not where it is wake already, nor where it is 0.
    if (now > 0 && ps >= limit) ps -= 0.703 * Math.log(now + 1)
    states[i] = stateOf(isSleepAtLimit ? ps >= limit : ps > limit)
  }
  return scoredMinutes(counts, method, states)
}

/** Conversions and no branches, as in `stateOf`. */
const inNat = (value: number) => Number(value >= NAT_FROM) - Number(value >= NAT_BELOW)
