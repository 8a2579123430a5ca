import { type Estimate, absent, known } from './estimate.ts'
import { finite, median, robustSpread } from './statistics.ts'

/** How far back a person's own baseline reaches, in days before the window. */
export const BASELINE_DAYS = 28
/** Fewer days are no baseline: each day of the week once. */
const LEAST_BASELINE_DAYS = 7

/** What is usual for one person, in the unit of the values. */
export interface Baseline {
  /** How many days stand behind it. */
  readonly days: number
  readonly median: number
  /** Robust standard deviation from day to day. */
  readonly spread: number
}

/**
 * A person's own baseline of one figure: median and robust spread of the days before the window. Values that are no
 * numbers are left out; `null` with fewer than seven days.
 * Source: Leys et al. 2013, J Exp Soc Psychol 49:764–766 (median and MAD instead of mean and standard deviation).
 */
export function baselineOf(values: readonly number[]): Estimate<Baseline> {
  const days = finite(values)
  if (days.length < LEAST_BASELINE_DAYS)
    return absent(`the baseline needs ${LEAST_BASELINE_DAYS} days, there are ${days.length}`)
  return known({ days: days.length, median: median(days), spread: robustSpread(days) })
}

/**
 * How many of the person's own day-to-day spreads a value lies from the baseline's median: z = (x − median) / spread.
 * 0 at the median; `null` for another value where every baseline day was the same.
 */
export function robustZ(value: number, { median: centre, spread }: Baseline): Estimate {
  if (value === centre) return known(0)
  return spread > 0
    ? known((value - centre) / spread)
    : absent('every baseline day had the same value: there is no spread to compare with')
}
