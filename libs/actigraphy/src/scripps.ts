import { type ActivityCounts, MARGIN } from './activity-counts.ts'
import { type SleepWake, scoredMinutes, stateOf } from './sleep-wake.ts'

const SCALE = 0.204

/**
 * Scripps Clinic scoring, sleep where D = 0.204 Σ_k w_k A[i + k] < 1, k = −10 … +2, with the weights
 *
 *   .0064 .0074 .0112 .0112 .0118 .0118 .0128 .0188 .0280 .0664 .0300 .0112 .0100
 *
 * Derived on Actillume wrist counts. Zeros outside the recording and for unobserved minutes. No minutes give no
 * states; an all-zero recording is sleep throughout. Source: Kripke et al. 2010, J Sleep Res 19:612–619.
 */
export function scripps(counts: ActivityCounts): SleepWake {
  const { padded } = counts
  const states = new Int8Array(counts.length)
  // The window moves on through variables: read anew each minute it takes twice the time.
  let a0 = 0
  let a1 = padded[MARGIN - 10]!
  let a2 = padded[MARGIN - 9]!
  let a3 = padded[MARGIN - 8]!
  let a4 = padded[MARGIN - 7]!
  let a5 = padded[MARGIN - 6]!
  let a6 = padded[MARGIN - 5]!
  let a7 = padded[MARGIN - 4]!
  let a8 = padded[MARGIN - 3]!
  let a9 = padded[MARGIN - 2]!
  let a10 = padded[MARGIN - 1]!
  let a11 = padded[MARGIN]!
  let a12 = padded[MARGIN + 1]!
  for (let i = 0; i < states.length; i += 1) {
    a0 = a1
    a1 = a2
    a2 = a3
    a3 = a4
    a4 = a5
    a5 = a6
    a6 = a7
    a7 = a8
    a8 = a9
    a9 = a10
    a10 = a11
    a11 = a12
    a12 = padded[i + MARGIN + 2]!
    const early = 0.0064 * a0 + 0.0074 * a1 + 0.0112 * a2 + 0.0112 * a3 + 0.0118 * a4 + 0.0118 * a5
    const late = 0.0128 * a6 + 0.0188 * a7 + 0.028 * a8 + 0.0664 * a9 + 0.03 * a10 + 0.0112 * a11 + 0.01 * a12
    states[i] = stateOf(SCALE * (early + late) < 1)
  }
  return scoredMinutes(counts, 'scripps-2010', states)
}
