import type { ActivityCounts } from './activity-counts.ts'
import { SLEEP, type SleepWake, WAKE, scoredMinutes } from './sleep-wake.ts'
import { zeroPadded } from './zero-padded.ts'

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
  const a = zeroPadded(counts.minutes, 10, 2)
  const states = new Int8Array(counts.minutes.length)
  for (let i = 0; i < states.length; i += 1) {
    const early = 0.0064 * a[i]! + 0.0074 * a[i + 1]! + 0.0112 * a[i + 2]! + 0.0112 * a[i + 3]!
    const middle = 0.0118 * a[i + 4]! + 0.0118 * a[i + 5]! + 0.0128 * a[i + 6]! + 0.0188 * a[i + 7]!
    const late = 0.028 * a[i + 8]! + 0.0664 * a[i + 9]! + 0.03 * a[i + 10]!
    const sum = early + middle + late + 0.0112 * a[i + 11]! + 0.01 * a[i + 12]!
    states[i] = SCALE * sum < 1 ? SLEEP : WAKE
  }
  return scoredMinutes(counts, 'scripps-2010', states)
}
