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
  const length = duration.minutes * MINUTE_MS
  const least = withoutGaps(readings, duration.gapMinutes).reduce(
    (lowest, part) => Math.min(lowest, leastOfStretches(part, length)),
    Infinity,
  )
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

/**
 * The least of the highest readings of all shortest stretches of that length, each of which begins with a reading;
 * Infinity where there is none. What starts within the length belongs to the stretch, also where one long reading alone
 * fills it. In one pass, however dense the readings: where a stretch ends only moves on.
 */
function leastOfStretches(part: readonly Reading[], length: number): number {
  const highest = slidingMaximum(part.map(({ value }) => value))
  const until = slidingMaximum(part.map(({ end }) => end))
  let [least, next] = [Infinity, 0]
  for (const [first, { start }] of part.entries()) {
    const end = start + length
    while (next < part.length && (part[next]!.start < end || until.since(first) < end)) {
      highest.add(next)
      until.add(next)
      next += 1
    }
    if (until.since(first) < end) break
    least = Math.min(least, highest.since(first))
  }
  return least
}

/** The largest of the values from one index to the last that was added; both only grow. */
function slidingMaximum(values: readonly number[]) {
  const candidates: number[] = []
  let head = 0
  return {
    add(index: number): void {
      while (candidates.length > head && values[candidates.at(-1)!]! <= values[index]!) candidates.pop()
      candidates.push(index)
    },
    since(first: number): number {
      while (candidates[head]! < first) head += 1
      return values[candidates[head]!] ?? -Infinity
    },
  }
}
