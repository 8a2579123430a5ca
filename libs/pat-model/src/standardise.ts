export type Standardised =
  | {
      /** z-scores; unobserved minutes are 0. */
      readonly values: Float32Array
      /** Share of the minutes that were unobserved, 0..1. */
      readonly imputedShare: number
    }
  | {
      readonly values: undefined
      readonly imputedShare: number
      readonly reason: 'no-data' | 'no-variance' | 'out-of-range'
    }

/** A power of two, which leaves the digits as they are; for values whose squares are too large for a number. */
const SCALE_DOWN = 2 ** -600

/**
 * Within-person z-score over the observed minutes (population standard deviation), unobserved minutes (`null`) 0
 * afterwards: z = (x − mean) / SD. The publication scales each minute of the week across people instead, which one
 * person alone does not allow: `standardiseAgainst` does where a reference is installed. A series without an observed
 * minute or without variance has no z-score and says why.
 */
export function standardise(activity: readonly (number | null)[]): Standardised {
  const observed = activity.filter((value) => value !== null)
  const imputedShare = activity.length === 0 ? 1 : 1 - observed.length / activity.length
  if (observed.length === 0) return { values: undefined, imputedShare, reason: 'no-data' }
  const mean = observed.reduce((sum, value) => sum + value, 0) / observed.length
  const variance = observed.reduce((sum, value) => sum + (value - mean) ** 2, 0) / observed.length
  const sd = Math.sqrt(variance)
  if (!Number.isFinite(sd) && observed.every(Number.isFinite)) {
    return standardise(activity.map((value) => value && value * SCALE_DOWN)) // which no z-score depends on
  }
  if (!(sd > 1e-12 * Math.abs(mean))) return { values: undefined, imputedShare, reason: 'no-variance' }
  return {
    values: Float32Array.from(activity, (value) => (value === null ? 0 : (value - mean) / sd)),
    imputedShare,
  }
}
