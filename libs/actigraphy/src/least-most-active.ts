import { MINUTES_PER_DAY } from './recording.ts'

const L5_MINUTES = 300
const M10_MINUTES = 600
/** Windows whose means differ by less than this share of the extreme are the same window but for rounding. */
const TIE_TOLERANCE = 1e-12

/** A window of the average day: its mean (unit of the signal), first clock minute, and how many windows tie. */
export interface ActivityWindow {
  readonly mean: number
  readonly onsetMinute: number
  readonly ties: number
}

/**
 * L5: the five consecutive hours of the average day with the lowest mean, on the circular 1-minute profile.
 * Among ties the earliest clock minute is named. `null` where no window has all of its 300 minutes observed.
 * Source: Van Someren et al. 1997, J Biol Rhythms 12:146–156.
 */
export function leastActive5Hours(averageDay: Float64Array): ActivityWindow | null {
  return extremeWindow(averageDay, L5_MINUTES, -1)
}

/** M10: the ten consecutive hours of the average day with the highest mean; otherwise as `leastActive5Hours`. */
export function mostActive10Hours(averageDay: Float64Array): ActivityWindow | null {
  return extremeWindow(averageDay, M10_MINUTES, 1)
}

/**
 * Relative amplitude, RA = (M10 − L5) / (M10 + L5). Dimensionless, 0..1 for activity ≥ 0; `null` for 0/0.
 * Source: as for L5.
 */
export function relativeAmplitude(l5: ActivityWindow | null, m10: ActivityWindow | null): number | null {
  if (!l5 || !m10 || l5.mean + m10.mean === 0) return null
  return (m10.mean - l5.mean) / (m10.mean + l5.mean)
}

function extremeWindow(averageDay: Float64Array, length: number, sign: 1 | -1): ActivityWindow | null {
  const means = windowMeans(averageDay, length)
  const extreme = means.reduce((best, value) => (sign * value > sign * best ? value : best), -sign * Infinity)
  if (!Number.isFinite(extreme)) return null
  const tolerance = TIE_TOLERANCE * Math.abs(extreme)
  const isTie = (value: number) => Math.abs(value - extreme) <= tolerance
  return { mean: extreme, onsetMinute: means.findIndex(isTie), ties: means.filter(isTie).length }
}

/** Circular moving means, each summed afresh: a running sum would drift and break ties. */
function windowMeans(averageDay: Float64Array, length: number): Float64Array {
  const means = new Float64Array(MINUTES_PER_DAY)
  for (let onset = 0; onset < MINUTES_PER_DAY; onset += 1) {
    let sum = 0
    for (let offset = 0; offset < length; offset += 1) sum += averageDay[(onset + offset) % MINUTES_PER_DAY]!
    means[onset] = sum / length
  }
  return means
}
