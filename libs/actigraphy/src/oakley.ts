import { type ActivityCounts, MARGIN } from './activity-counts.ts'
import { type SleepWake, scoredMinutes, stateOf } from './sleep-wake.ts'

/** The weights are taken times 25, as 1, 5, 25, 5, 1: whole numbers keep a sum that equals the threshold equal. */
const WEIGHT_FACTOR = 25
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
  const { padded: a } = counts
  const states = new Int8Array(counts.minutes.length)
  for (let i = 0; i < states.length; i += 1) {
    const at = i + MARGIN
    const sum = a[at - 2]! + 5 * a[at - 1]! + WEIGHT_FACTOR * a[at]! + 5 * a[at + 1]! + a[at + 2]!
    states[i] = stateOf(sum <= WEIGHT_FACTOR * limit)
  }
  return scoredMinutes(counts, `oakley-1997-${threshold}`, states)
}

/**
 * Actiware's automatic wake threshold: 0.88888 × sum of all counts / number of mobile minutes (≥ 4 counts).
 * In counts, > 0; `null` where no minute is mobile. Source: Mini-Mitter Actiware manual, page A-3.
 */
export function automaticWakeThreshold({ minutes }: ActivityCounts): number | null {
  let sum = 0
  let mobile = 0
  for (let index = 0; index < minutes.length; index += 1) {
    const value = minutes[index]!
    if (Number.isNaN(value)) continue
    sum += value
    mobile += Number(value >= MOBILE_COUNTS)
  }
  return mobile === 0 ? null : (AUTOMATIC_FACTOR * sum) / mobile
}
