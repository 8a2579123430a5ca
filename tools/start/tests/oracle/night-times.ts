import type { Night } from './nights.ts'
import type { RawSample } from './read-samples.ts'

const MINUTE = 60_000
const AWAKE = 2

export interface NightTimes {
  readonly onset: number
  readonly offset: number
  /** Lengths in minutes of the stretches awake between; null where nothing wakeful is recorded. */
  readonly bouts: readonly number[] | null
  /** Start of the time in bed around the onset. */
  readonly bed: number | null
}

/** When a night began and ended, moment by moment: of segments that overlap, the one that began first holds. */
export function nightTimes({ own, session, awake }: Night): NightTimes {
  const pieces = piecesOf(own)
  const sleep = pieces.filter(({ value }) => value !== AWAKE)
  const [onset, offset] = [sleep[0]!.from, sleep.at(-1)!.to]
  const bouts: number[] = []
  let last = NaN
  for (const { from, to, value } of pieces) {
    if (value !== AWAKE || from < onset || to > offset) continue
    if (from === last) bouts.push(bouts.pop()! + (to - from) / MINUTE)
    else bouts.push((to - from) / MINUTE)
    last = to
  }
  return { onset, offset, bouts: awake === null ? null : bouts, bed: bedAround(session, onset) }
}

function piecesOf(own: readonly RawSample[]): { from: number; to: number; value: number }[] {
  const cuts = [...new Set(own.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  return cuts.slice(1).flatMap((to, index) => {
    const from = cuts[index]!
    const here = own.filter((sample) => sample.from <= from && sample.to >= to)
    const [first] = here.sort((a, b) => a.from - b.from)
    return first ? [{ from, to, value: first.value }] : []
  })
}

/** Steps back through times in bed that touch or overlap. */
function bedAround(session: readonly RawSample[], onset: number): number | null {
  const beds = session.filter(({ value }) => value === 0)
  let start = onset
  let found = false
  for (;;) {
    const earlier = beds.filter(({ from, to }) => from <= start && to >= start).map(({ from }) => from)
    if (earlier.length > 0) found = true
    const next = Math.min(start, ...earlier)
    if (next === start) return found ? start : null
    start = next
  }
}
