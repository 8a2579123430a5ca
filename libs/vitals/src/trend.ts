import { type Estimate, absent, known } from './estimate.ts'
import { median } from './statistics.ts'

/** Fewer days than a week tell no trend. */
const LEAST_DAYS = 7
const DAYS_PER_WEEK = 7
/** Of the 95 % interval: probability on either side. */
const TAIL = 0.025

export interface DayValue {
  /** Number of the day, from any first one. */
  readonly day: number
  readonly value: number
}

/** Change a week in the unit of the values, with the 95 % interval that goes with it. */
export interface Trend {
  readonly perWeek: number
  readonly low: number
  readonly high: number
  readonly days: number
}

/**
 * Theil–Sen slope: the median of the slopes between all pairs of days,
 *
 *   b = median (y_j − y_i) / (x_j − x_i),
 *
 * with the interval of the slopes number (N − C)/2 and (N + C)/2 + 1 of the N in order, C from the exact null
 * distribution of Kendall's S. Days may be missing, come in any order or twice (two values of one day make no
 * pair); values that are no numbers are left out. `null` with fewer than seven days of different dates. The days
 * are taken as independent.
 * Source: Theil 1950, Proc KNAW 53:386–392; Sen 1968, J Am Stat Assoc 63:1379–1389; Kendall 1938, Biometrika 30:81–93.
 */
export function trendOf(values: readonly DayValue[]): Estimate<Trend> {
  const points = values.filter(({ day, value }) => Number.isFinite(day) && Number.isFinite(value))
  const days = new Set(points.map(({ day }) => day)).size
  if (days < LEAST_DAYS) return absent(`a trend needs ${LEAST_DAYS} days, there are ${days}`)
  const slopes = slopesOf(points)
  const cut = (slopes.length - criticalScore(points.length)) / 2
  const perWeek = (slope: number) => slope * DAYS_PER_WEEK
  return known({
    perWeek: perWeek(median(slopes)),
    low: perWeek(slopes[Math.max(1, Math.floor(cut)) - 1]!),
    high: perWeek(slopes[slopes.length - Math.max(1, Math.floor(cut))]!),
    days,
  })
}

/** Slopes between all pairs of different days, in order. */
function slopesOf(points: readonly DayValue[]): number[] {
  const slopes = points.flatMap((one, index) =>
    points
      .slice(index + 1)
      .filter(({ day }) => day !== one.day)
      .map((other) => (other.value - one.value) / (other.day - one.day)),
  )
  return slopes.sort((a, b) => a - b)
}

/** Two less than the smallest score of Kendall's S that is exceeded or met by chance with at most that tail. */
function criticalScore(count: number): number {
  const pairs = (count * (count - 1)) / 2
  const inversions = inversionCounts(count)
  let below = 0
  for (const [index, share] of inversions.entries()) {
    below += share
    if (below > TAIL) return pairs - 2 * index
  }
  return 0
}

/** Share of the orders of that many things that have each number of inversions. */
function inversionCounts(count: number): Float64Array {
  let shares = Float64Array.of(1)
  for (let size = 2; size <= count; size += 1) {
    const next = new Float64Array(shares.length + size - 1)
    for (const [index, share] of shares.entries()) {
      for (let moved = 0; moved < size; moved += 1) next[index + moved]! += share / size
    }
    shares = next
  }
  return shares
}
