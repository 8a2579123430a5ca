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
    (lowest, part) => leastOfStretches(part, { length, least: lowest }),
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
 * The least of `least` and the highest readings of all shortest stretches of that length, each of which begins with a
 * reading. What starts within the length belongs to the stretch, also where one long reading alone fills it.
 */
function leastOfStretches(
  part: readonly Reading[],
  { length, least }: { readonly length: number; readonly least: number },
): number {
  let lowest = least
  for (const [first, { start }] of part.entries()) {
    let [highest, until] = [-Infinity, start]
    // A stretch that reaches the lowest so far is looked at no further: few are looked at whole.
    for (let index = first; index < part.length && highest < lowest; index += 1) {
      const reading = part[index]!
      if (reading.start >= start + length && until >= start + length) break
      highest = Math.max(highest, reading.value)
      until = Math.max(until, reading.end)
    }
    if (until >= start + length) lowest = Math.min(lowest, highest)
  }
  return lowest
}
