import { HOURS_PER_DAY, binMeans, mean, type Recording } from './recording.ts'

const MINUTES_PER_HOUR = 60

/**
 * Interdaily stability (IS) of the hourly means: how much of the variance the average day explains.
 *
 *   IS = N Σ_h (x̄_h − x̄)² / (p Σ_i (x_i − x̄)²),  p = 24 bins a day, N bins, x_i hourly means
 *
 * Bins start at the recording's first minute; hours without an observed minute are left out of every sum, and
 * then each hour of the day counts with the number of days behind it. Dimensionless, 0..1; pure noise over
 * seven days gives about 1/7. `null` where the variance is 0 or nothing was observed.
 * Source: Witting et al. 1990, Biol Psychiatry 27:563–572; Van Someren et al. 1999, Chronobiol Int 16:505–518.
 */
export function interdailyStability(recording: Recording): number | null {
  const hours = binMeans(recording, MINUTES_PER_HOUR)
  const grandMean = mean(hours)
  let between = 0
  for (let hour = 0; hour < HOURS_PER_DAY; hour += 1) {
    const sameHour = hours.filter((value, index) => index % HOURS_PER_DAY === hour && !Number.isNaN(value))
    if (sameHour.length > 0) between += sameHour.length * (mean(sameHour) - grandMean) ** 2
  }
  return ratio(between, squaredDeviations(hours, grandMean))
}

/**
 * Intradaily variability (IV) of the hourly means: how often rest and activity alternate.
 *
 *   IV = N Σ_{i≥2} (x_i − x_{i−1})² / ((N − 1) Σ_i (x_i − x̄)²)
 *
 * Differences run across midnight; a pair with an unobserved hour is left out, and N − 1 is the number of pairs
 * that remain. Dimensionless: about 0 for a sine, about 2 for white noise. `null` where the variance is 0 or no
 * pair is left. Source: as for interdaily stability.
 */
export function intradailyVariability(recording: Recording): number | null {
  const hours = binMeans(recording, MINUTES_PER_HOUR)
  const observed = hours.filter((value) => !Number.isNaN(value)).length
  let squares = 0
  let pairs = 0
  for (let index = 1; index < hours.length; index += 1) {
    const step = hours[index]! - hours[index - 1]!
    if (Number.isNaN(step)) continue
    squares += step ** 2
    pairs += 1
  }
  return pairs === 0 ? null : ratio(observed * squares, pairs * squaredDeviations(hours, mean(hours)))
}

function squaredDeviations(values: Float64Array, around: number): number {
  let sum = 0
  for (const value of values) if (!Number.isNaN(value)) sum += (value - around) ** 2
  return sum
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator > 0 ? numerator / denominator : null
}
