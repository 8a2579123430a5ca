/** Makes the median absolute deviation of a normal sample its standard deviation: 1 / Φ⁻¹(3/4). */
const NORMAL_MAD = 1.4826
/** The same for the mean absolute deviation: √(π/2). */
const NORMAL_MEAN_DEVIATION = 1.253314

/** Values that are numbers; NaN and infinities are no measurements. */
export function finite(values: readonly number[]): number[] {
  return values.filter(Number.isFinite)
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN
  return (lower + upper) / 2
}

/** Standard deviation with n − 1; NaN of fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1))
}

/**
 * Robust standard deviation, in the unit of the values:
 *
 *   s = 1.4826 · median |x_i − median x|,  where that is 0: 1.2533 · mean |x_i − median x|
 *
 * More than half the values being equal makes the first 0 (resting rates are whole numbers); the second is 0 only
 * for a constant series. NaN of nothing.
 * Source: Rousseeuw & Croux 1993, J Am Stat Assoc 88:1273–1283; Iglewicz & Hoaglin 1993, How to Detect and Handle
 * Outliers, ASQC.
 */
export function robustSpread(values: readonly number[]): number {
  const centre = median(values)
  const deviations = values.map((value) => Math.abs(value - centre))
  const medianDeviation = median(deviations)
  return medianDeviation > 0 ? NORMAL_MAD * medianDeviation : NORMAL_MEAN_DEVIATION * mean(deviations)
}
