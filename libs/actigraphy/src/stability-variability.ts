import { invalid } from '@clarity/failure'
import { MINUTES_PER_DAY, binMeans, mean, type Recording } from './recording.ts'

const MINUTES_PER_HOUR = 60
/** A standard deviation below this share of the mean is rounding: the series is constant. */
const FLAT = 1e-12
/** Bin lengths (minutes) of ISm and IVm: the divisors of a day up to one hour. Source: Gonçalves et al. 2014. */
export const MEAN_BIN_MINUTES: readonly number[] = [
  1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30, 32, 36, 40, 45, 48, 60,
]

/**
 * Interdaily stability (IS): how much of the variance the average day explains.
 *
 *   IS = N Σ_h (x̄_h − x̄)² / (p Σ_i (x_i − x̄)²),  p bins a day, N bins, x_i bin means
 *
 * The standard is hourly bins (p = 24); `binMinutes` names another divisor of a day. Bins start at the
 * recording's first minute; bins without an observed minute are left out of every sum, and then each bin of the
 * day counts with the number of days behind it. Dimensionless, 0..1; pure noise over seven days gives about 1/7.
 * `null` where the series is constant, nothing was observed, or no bin of the day was observed on two days.
 * Source: Witting et al. 1990, Biol Psychiatry 27:563–572; Van Someren et al. 1999, Chronobiol Int 16:505–518.
 */
export function interdailyStability(recording: Recording, binMinutes = MINUTES_PER_HOUR): number | null {
  const bins = binMeans(recording, dayDivisor(binMinutes))
  const perDay = MINUTES_PER_DAY / binMinutes
  const grandMean = mean(bins)
  let between = 0
  let repeated = false
  for (let phase = 0; phase < perDay; phase += 1) {
    let sum = 0
    let days = 0
    for (let index = phase; index < bins.length; index += perDay) {
      if (Number.isNaN(bins[index]!)) continue
      sum += bins[index]!
      days += 1
    }
    if (days > 0) between += days * (sum / days - grandMean) ** 2
    if (days > 1) repeated = true
  }
  return repeated ? ratio(between, squaredDeviations(bins, grandMean)) : null
}

/**
 * Intradaily variability (IV): how often rest and activity alternate.
 *
 *   IV = N Σ_{i≥2} (x_i − x_{i−1})² / ((N − 1) Σ_i (x_i − x̄)²)
 *
 * Hourly bins by default, as for interdaily stability. Differences run across midnight; a pair with an unobserved
 * bin is left out, and N − 1 is the number of pairs that remain. Dimensionless, ≥ 0: about 0 for a sine, about 2
 * for white noise. `null` where the series is constant or no pair is left. Source: as for interdaily stability.
 */
export function intradailyVariability(recording: Recording, binMinutes = MINUTES_PER_HOUR): number | null {
  const bins = binMeans(recording, dayDivisor(binMinutes))
  let squares = 0
  let pairs = 0
  let observed = 0
  for (let index = 0; index < bins.length; index += 1) {
    if (Number.isNaN(bins[index]!)) continue
    observed += 1
    const step = index === 0 ? NaN : bins[index]! - bins[index - 1]!
    if (Number.isNaN(step)) continue
    squares += step ** 2
    pairs += 1
  }
  return pairs === 0 ? null : ratio(observed * squares, pairs * squaredDeviations(bins, mean(bins)))
}

/**
 * ISm: the mean of interdaily stability over the bin lengths of `MEAN_BIN_MINUTES`. Dimensionless, 0..1. `null`
 * where it is undefined at any of them, so that no two values are means over different lengths.
 * Source: Gonçalves et al. 2014, Sleep Sci 7:158–164.
 */
export function meanInterdailyStability(recording: Recording): number | null {
  return meanOverBins((binMinutes) => interdailyStability(recording, binMinutes))
}

/** IVm: the mean of intradaily variability over the bin lengths of `MEAN_BIN_MINUTES`; otherwise as ISm. */
export function meanIntradailyVariability(recording: Recording): number | null {
  return meanOverBins((binMinutes) => intradailyVariability(recording, binMinutes))
}

function meanOverBins(measure: (binMinutes: number) => number | null): number | null {
  let sum = 0
  for (const binMinutes of MEAN_BIN_MINUTES) {
    const value = measure(binMinutes)
    if (value === null) return null
    sum += value
  }
  return sum / MEAN_BIN_MINUTES.length
}

function dayDivisor(binMinutes: number): number {
  if (Number.isInteger(MINUTES_PER_DAY / binMinutes) && Number.isInteger(binMinutes) && binMinutes > 0)
    return binMinutes
  throw invalid({ code: 'bin_minutes', detail: 'A bin is a whole number of minutes that divides a day.' })
}

/** Σ (x − x̄)² of the observed values; 0 where it is no more than the rounding of a constant series. */
function squaredDeviations(values: Float64Array, around: number): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += (value - around) ** 2
    count += 1
  }
  return sum > count * (FLAT * around) ** 2 ? sum : 0
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator > 0 && Number.isFinite(numerator / denominator) ? numerator / denominator : null
}
