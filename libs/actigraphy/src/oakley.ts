import type { ActivityCounts } from './activity-counts.ts'
import type { SleepWake } from './sleep-wake.ts'
import { weightedScoring } from './weighted-scoring.ts'

/** Whole numbers, the formula times 25: they keep a sum that equals the threshold equal. */
const WEIGHT_FACTOR = 25
const WEIGHTS = [0, 0, 1, 5, 25, 5, 1] as const
const MOBILE_COUNTS = 4
const AUTOMATIC_FACTOR = 0.88888

export type OakleyThreshold = 20 | 40 | 80 | 'automatic'

/**
 * Oakley's Actiwatch scoring of one-minute epochs, sleep where
 *
 *   0.04 A₋₂ + 0.2 A₋₁ + A₀ + 0.2 A₁ + 0.04 A₂ ≤ threshold
 *
 * with thresholds 20 (high), 40 (medium) or 80 (low sensitivity) in counts, or the automatic one. Zeros outside
 * the recording and for unobserved minutes. No minutes give no states; an all-zero recording is sleep throughout, but `null` with the
 * automatic threshold, which it does not have.
 * Source: Oakley 1997, technical report, Mini Mitter and Cambridge Neurotechnology; Mini Mitter Actiware manual, page A-3.
 */
export function oakley(counts: ActivityCounts, threshold: Exclude<OakleyThreshold, 'automatic'>): SleepWake
export function oakley(counts: ActivityCounts, threshold: OakleyThreshold): SleepWake | null
export function oakley(counts: ActivityCounts, threshold: OakleyThreshold): SleepWake | null {
  const limit = threshold === 'automatic' ? automaticWakeThreshold(counts) : threshold
  if (limit === null) return null
  return weightedScoring(counts, {
    method: `oakley-1997-${threshold}`,
    weights: WEIGHTS,
    limit: WEIGHT_FACTOR * limit,
    isSleepAtLimit: true,
  })
}

/**
 * Actiware's automatic wake threshold: 0.88888 × sum of all counts / number of mobile minutes (≥ 4 counts).
 * In counts, > 0; `null` where no minute is mobile. Source: Mini-Mitter Actiware manual, page A-3.
 */
export function automaticWakeThreshold({ padded }: ActivityCounts): number | null {
  let sum = 0
  let mobile = 0
  for (let index = 0; index < padded.length; index += 1) {
    const value = padded[index]!
    sum += value
    mobile += Number(value >= MOBILE_COUNTS)
  }
  return mobile === 0 ? null : (AUTOMATIC_FACTOR * sum) / mobile
}
