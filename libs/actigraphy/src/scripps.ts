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
  const { padded: a } = counts
  const states = new Int8Array(counts.minutes.length)
  for (let i = 0; i < states.length; i += 1) {
    const at = i + MARGIN
    const early = 0.0064 * a[at - 10]! + 0.0074 * a[at - 9]! + 0.0112 * a[at - 8]! + 0.0112 * a[at - 7]!
    const middle = 0.0118 * a[at - 6]! + 0.0118 * a[at - 5]! + 0.0128 * a[at - 4]! + 0.0188 * a[at - 3]!
    const late = 0.028 * a[at - 2]! + 0.0664 * a[at - 1]! + 0.03 * a[at]!
    const sum = early + middle + late + 0.0112 * a[at + 1]! + 0.01 * a[at + 2]!
    states[i] = stateOf(SCALE * sum < 1)
  }
  return scoredMinutes(counts, 'scripps-2010', states)
}
