import type { ActivityCounts } from './activity-counts.ts'
import type { SleepWake } from './sleep-wake.ts'
import { weightedScoring } from './weighted-scoring.ts'

/** Weights of A[−4] … A[+2] and their common divisor. */
const COEFFICIENTS = {
  'cole-kripke-1992-mean': { weights: [106, 54, 58, 76, 230, 74, 67], divisor: 1e3 },
  'cole-kripke-1992-10s': { weights: [404, 598, 326, 441, 1408, 508, 350], divisor: 1e5 },
} as const

export type ColeKripkeMethod = keyof typeof COEFFICIENTS

/**
 * Cole–Kripke scoring, sleep where D < 1:
 *
 *   mean  D = 0.001   (106 A₋₄ + 54 A₋₃ + 58 A₋₂ + 76 A₋₁ + 230 A₀ + 74 A₁ + 67 A₂)
 *   10s   D = 0.00001 (404 A₋₄ + 598 A₋₃ + 326 A₋₂ + 441 A₋₁ + 1408 A₀ + 508 A₁ + 350 A₂)
 *
 * with A counts a minute for `mean`. The second set is meant for the largest 10-second count of each minute, but
 * is in wide use on whole minutes; on those it is a convention, not the publication's. Zeros outside the
 * recording and for unobserved minutes. No minutes give no states; an all-zero recording is sleep throughout.
 * Source: Cole, Kripke, Gruen, Mullaney & Gillin 1992, Sleep 15:461–469.
 */
export function coleKripke(counts: ActivityCounts, method: ColeKripkeMethod): SleepWake {
  const { weights, divisor } = COEFFICIENTS[method]
  return weightedScoring(counts, { method, weights, limit: divisor, isSleepAtLimit: false })
}
