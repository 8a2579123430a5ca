import { MINUTES_PER_DAY, type Recording, wholeDays } from './recording.ts'
import { circularSums, windowSums } from './window-sums.ts'

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
 * L5: the five consecutive hours of the average day with the lowest mean, around the clock. `averageDay` is a
 * profile from midnight in equal bins, of minutes (`averageDay`: the standard) or of hours (`averageHours`).
 * Among ties the earliest clock minute is named. `null` where no window has all of its bins observed, where five hours
 * or more of the clock were never observed, in which the least active ones may lie, or where an infinite value stands
 * in each window. Source: Van Someren et al. 1997, J Biol Rhythms 12:146–156.
 */
export function leastActive5Hours(averageDay: Float64Array): ActivityWindow | null {
  const binMinutes = MINUTES_PER_DAY / averageDay.length
  const length = L5_MINUTES / binMinutes
  if (unobservedBins(averageDay) >= length) return null
  return extremeWindow(circularSums(averageDay, length), { minutes: L5_MINUTES, sign: -1, binMinutes })
}

/** M10: the ten consecutive hours of the average day with the highest mean; otherwise, with ten hours, as L5. */
export function mostActive10Hours(averageDay: Float64Array): ActivityWindow | null {
  const binMinutes = MINUTES_PER_DAY / averageDay.length
  const length = M10_MINUTES / binMinutes
  if (unobservedBins(averageDay) >= length) return null
  return extremeWindow(circularSums(averageDay, length), { minutes: M10_MINUTES, sign: 1, binMinutes })
}

function unobservedBins(averageDay: Float64Array): number {
  let unobserved = 0
  for (const value of averageDay) unobserved += Number(Number.isNaN(value))
  return unobserved
}

/**
 * Relative amplitude, RA = (M10 − L5) / (M10 + L5). Dimensionless, 0..1 for activity ≥ 0; `null` for 0/0.
 * Source: as for L5.
 */
export function relativeAmplitude(l5: ActivityWindow | null, m10: ActivityWindow | null): number | null {
  if (!l5 || !m10 || l5.mean + m10.mean === 0) return null
  return (m10.mean - l5.mean) / (m10.mean + l5.mean)
}

const DAY_L5 = { minutes: L5_MINUTES, sign: -1, binMinutes: 1 } as const
const DAY_M10 = { minutes: M10_MINUTES, sign: 1, binMinutes: 1 } as const

/** L5, M10 and RA of one civil day, which begins at `index` of the recording. */
export interface DayActivity {
  readonly index: number
  readonly l5: ActivityWindow | null
  readonly m10: ActivityWindow | null
  readonly relativeAmplitude: number | null
}

/**
 * L5, M10 and RA of every whole civil day by itself, on its minutes from 00:00 to 24:00: windows do not run
 * across midnight, so that a rest which does is cut. Onsets are clock minutes; ties, `null` and units as for the
 * average day; days of which a part is missing from either end of the recording are left out.
 * Source: as for L5, per day as in Van Hees' GGIR (there in steps of ten minutes).
 */
export function activityByDay({ minutes, startMinuteOfDay }: Recording): DayActivity[] {
  return wholeDays({ minutes, startMinuteOfDay }).map((index) => {
    const day = minutes.subarray(index, index + MINUTES_PER_DAY)
    const l5 = extremeWindow(windowSums(day, L5_MINUTES), DAY_L5)
    const m10 = extremeWindow(windowSums(day, M10_MINUTES), DAY_M10)
    return { index, l5, m10, relativeAmplitude: relativeAmplitude(l5, m10) }
  })
}

function extremeWindow(
  sums: Float64Array,
  { minutes, sign, binMinutes }: WindowSearch,
): ActivityWindow | null {
  let extreme = -sign * Infinity
  for (let index = 0; index < sums.length; index += 1) {
    if (sign * sums[index]! > sign * extreme) extreme = sums[index]!
  }
  if (!Number.isFinite(extreme)) return null
  const tolerance = TIE_TOLERANCE * Math.abs(extreme)
  let ties = 0
  let first = -1
  for (let index = 0; index < sums.length; index += 1) {
    if (!(Math.abs(sums[index]! - extreme) <= tolerance)) continue
    if (ties === 0) first = index
    ties += 1
  }
  return { mean: extreme / (minutes / binMinutes), onsetMinute: first * binMinutes, ties }
}

interface WindowSearch {
  readonly minutes: number
  readonly sign: 1 | -1
  readonly binMinutes: number
}
