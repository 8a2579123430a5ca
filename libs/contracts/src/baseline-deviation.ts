import { z } from 'zod'

const amount = z.number().nullable()

/** How the window's median day of one measure differs from the person's own 28 days before it. */
export const baselineDeviationSchema = z.object({
  /** Where the measure stands in the analysis. */
  measure: z.string(),
  unit: z.string(),
  window_median: amount,
  window_days: z.number().int(),
  baseline_median: amount,
  /** Robust standard deviation from day to day. */
  baseline_spread: amount,
  baseline_days: z.number().int(),
  difference: amount,
  /** The difference in robust standard deviations. */
  z: amount,
  /** Of the exact rank-sum test. */
  p: amount,
  /** p after Benjamini–Hochberg over all measures tested. */
  q: amount,
  stands_out: z.boolean(),
  /** Why z, or all of it, is null. */
  reason: z.string().optional(),
})
