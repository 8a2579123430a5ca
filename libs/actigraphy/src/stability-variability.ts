import { invalid } from '@clarity/failure'
import { MINUTES_PER_DAY, binMeans, mean, type Recording } from './recording.ts'
import { meansOfRunning, runningSums } from './running-sums.ts'

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
  return stabilityOf(meansOver(recording, binMinutes), MINUTES_PER_DAY / binMinutes)
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
  return variabilityOf(spreadOf(meansOver(recording, binMinutes)))
}

/** ISm and IVm: dimensionless, with the ranges of IS and IV. */
export interface MeanStabilityVariability {
  readonly interdailyStability: number | null
  readonly intradailyVariability: number | null
}

/**
 * ISm and IVm: the means of IS and IV over the bin lengths of `MEAN_BIN_MINUTES`. `null` where the measure is
 * undefined at any length, so that no two values are means over different lengths.
 * Source: Gonçalves et al. 2014, Sleep Sci 7:158–164.
 */
export function meanStabilityVariability(recording: Recording): MeanStabilityVariability {
  const { minutes } = recording
  const centre = mean(minutes)
  const running = runningSums(minutes)
  const scratch = new Float64Array(minutes.length >> 1)
  let [stability, variability]: [number | null, number | null] = [0, 0]
  for (const length of MEAN_BIN_MINUTES) {
    const means = length === 1 ? minutes : meansOfRunning(running, length, scratch)
    const spread = spreadOf(means, centre)
    stability = plus(stability, stabilityOf(means, MINUTES_PER_DAY / length, spread))
    variability = plus(variability, variabilityOf(spread))
  }
  const lengths = MEAN_BIN_MINUTES.length
  return {
    interdailyStability: stability === null ? null : stability / lengths,
    intradailyVariability: variability === null ? null : variability / lengths,
  }
}

interface Spread {
  readonly observed: number
  readonly mean: number
  /** Σ (x − x̄)² of the observed bins; 0 where it is no more than the rounding of a constant series. */
  readonly squares: number
  /** Neighbours that were both observed, and Σ of their squared differences. */
  readonly pairs: number
  readonly pairSquares: number
}

/** One pass: squares are taken about a `centre` close to the mean, and what that adds to them is taken off. */
function spreadOf(bins: Float64Array, centre = mean(bins)): Spread {
  let deviations = 0
  let squares = 0
  let observed = 0
  let pairSquares = 0
  let pairs = 0
  let previous = NaN
  for (let index = 0; index < bins.length; index += 1) {
    const value = bins[index]!
    const deviation = value - centre
    const step = value - previous
    previous = value
    if (Number.isNaN(deviation)) continue
    deviations += deviation
    squares += deviation * deviation
    observed += 1
    if (Number.isNaN(step)) continue
    pairSquares += step * step
    pairs += 1
  }
  const offset = deviations / observed
  squares -= observed * offset * offset
  const isFlat = !(squares > observed * (FLAT * centre) ** 2)
  return { observed, mean: centre + offset, squares: isFlat ? 0 : squares, pairs, pairSquares }
}

function stabilityOf(bins: Float64Array, perDay: number, spread = spreadOf(bins)): number | null {
  let between = 0
  let repeated = false
  for (let phase = 0; phase < perDay; phase += 1) {
    let sum = 0
    let days = 0
    for (let index = phase; index < bins.length; index += perDay) {
      const value = bins[index]!
      if (Number.isNaN(value)) continue
      sum += value
      days += 1
    }
    if (days > 0) between += days * (sum / days - spread.mean) ** 2
    if (days > 1) repeated = true
  }
  return repeated ? ratio(between, spread.squares) : null
}

function variabilityOf({ observed, squares, pairs, pairSquares }: Spread): number | null {
  return pairs === 0 ? null : ratio(observed * pairSquares, pairs * squares)
}

const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b)

function meansOver(recording: Recording, binMinutes: number): Float64Array {
  const isDivisor = Number.isInteger(binMinutes) && binMinutes > 0 && MINUTES_PER_DAY % binMinutes === 0
  if (!isDivisor)
    throw invalid({ code: 'bin_minutes', detail: 'A bin is a whole number of minutes that divides a day.' })
  return binMinutes === 1 ? recording.minutes : binMeans(recording, binMinutes)
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator > 0 && Number.isFinite(numerator / denominator) ? numerator / denominator : null
}
