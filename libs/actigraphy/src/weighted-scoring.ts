import { type ActivityCounts, MARGIN } from './activity-counts.ts'
import { type SleepWake, scoredMinutes, stateOf } from './sleep-wake.ts'

type Weights = readonly [number, number, number, number, number, number, number]

/** Sleep where the weighted sum of A[−4] … A[+2] is less than the limit, or no more than it if that is sleep too. */
export interface WeightedScoring {
  readonly method: string
  readonly weights: Weights
  readonly limit: number
  readonly isSleepAtLimit: boolean
}

/** The states of all minutes by one weighted sum. */
export function weightedScoring(
  counts: ActivityCounts,
  { method, weights, limit, isSleepAtLimit }: WeightedScoring,
): SleepWake {
  const [w0, w1, w2, w3, w4, w5, w6] = weights
  const { padded } = counts
  const states = new Int8Array(counts.length)
  // The window moves on through variables: read anew each minute it takes twice the time.
  let a0 = 0
  let a1 = padded[MARGIN - 4]!
  let a2 = padded[MARGIN - 3]!
  let a3 = padded[MARGIN - 2]!
  let a4 = padded[MARGIN - 1]!
  let a5 = padded[MARGIN]!
  let a6 = padded[MARGIN + 1]!
  for (let i = 0; i < states.length; i += 1) {
    a0 = a1
    a1 = a2
    a2 = a3
    a3 = a4
    a4 = a5
    a5 = a6
    a6 = padded[i + MARGIN + 2]!
    const sum = w0 * a0 + w1 * a1 + w2 * a2 + w3 * a3 + w4 * a4 + w5 * a5 + w6 * a6
    states[i] = stateOf(isSleepAtLimit ? sum <= limit : sum < limit)
  }
  return scoredMinutes(counts, method, states)
}
