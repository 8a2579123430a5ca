import { type Estimate, absent, known } from './estimate.ts'
import { type Reading, inOrder, withoutGaps } from './readings.ts'

const MINUTE_MS = 60_000

export interface Duration {
  /** For how long a level must last. */
  readonly minutes: number
  /** Readings further apart than this do not tell what was between them. */
  readonly gapMinutes: number
}

/**
 * The lowest level under which readings stayed for a whole stretch of time: the least, over all stretches of at least
 * `minutes` without a gap, of the highest reading in the stretch. "Below 90 for five minutes" is this being below 90;
 * a single low reading moves nothing. In the unit of the readings; `null` where no stretch is that long.
 */
export function lowestSustained(readings: readonly Reading[], duration: Duration): Estimate {
  const levels = withoutGaps(readings, duration.gapMinutes).flatMap((part) =>
    highestOfStretches(part, duration.minutes * MINUTE_MS),
  )
  const least = levels.reduce((low, level) => Math.min(low, level), Infinity)
  return Number.isFinite(least)
    ? known(least)
    : absent(`no ${duration.minutes} minutes with readings at most ${duration.gapMinutes} minutes apart`)
}

/** The highest level above which readings stayed for a whole stretch of time; as `lowestSustained`, upside down. */
export function highestSustained(readings: readonly Reading[], duration: Duration): Estimate {
  const ordered = inOrder(readings)
  const top = ordered.reduce((high, { value }) => Math.max(high, value), 0)
  const mirrored = ordered.map((reading) => ({ ...reading, value: top - reading.value }))
  const lowest = lowestSustained(mirrored, duration)
  return lowest.value === null ? lowest : known(top - lowest.value)
}

/** For each reading the highest one of the shortest stretch of that length that begins with it; in one pass. */
function highestOfStretches(part: readonly Reading[], length: number): number[] {
  const levels: number[] = []
  const candidates: number[] = []
  let next = 0
  let until = -Infinity
  for (const [first, { start }] of part.entries()) {
    while (next < part.length && (next <= first || until - start < length)) {
      const { value, end } = part[next]!
      while (candidates.length > 0 && part[candidates.at(-1)!]!.value <= value) candidates.pop()
      candidates.push(next)
      until = Math.max(until, end)
      next += 1
    }
    if (until - start < length) return levels
    while (candidates[0]! < first) candidates.shift()
    levels.push(part[candidates[0]!]!.value)
  }
  return levels
}
