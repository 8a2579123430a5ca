import type { ActivityCounts } from './activity-counts.ts'
import { type SleepWake, scoreMinutes } from './sleep-wake.ts'
import { weightedMinutes } from './weighted-minutes.ts'

const MINUTES_BEHIND = 10
const SCALE = 0.204
/** Weights of A[−10] … A[+2]. */
const WEIGHTS = [
  0.0064, 0.0074, 0.0112, 0.0112, 0.0118, 0.0118, 0.0128, 0.0188, 0.028, 0.0664, 0.03, 0.0112, 0.01,
]

/**
 * Scripps Clinic scoring, sleep where D = 0.204 Σ_k w_k A[i + k] < 1, k = −10 … +2, with the weights
 *
 *   .0064 .0074 .0112 .0112 .0118 .0118 .0128 .0188 .0280 .0664 .0300 .0112 .0100
 *
 * Derived on Actillume wrist counts. Zeros outside the recording. No minutes give no states; an all-zero recording
 * is sleep throughout. Source: Kripke et al. 2010, J Sleep Res 19:612–619.
 */
export function scripps(counts: ActivityCounts): SleepWake {
  const sums = weightedMinutes(counts.minutes, WEIGHTS, MINUTES_BEHIND)
  return scoreMinutes(counts, 'scripps-2010', (index) => SCALE * sums[index]! < 1)
}
