import type { RawSample } from './read-samples.ts'
import { wallAt } from './wall-clock.ts'

/** Minutes of one night; null where no source says. */
export interface Night {
  readonly asleep: number
  readonly inBed: number | null
  readonly awake: number | null
  readonly deep: number | null
  readonly rem: number | null
  /** All segments of the session, and those of the source whose stages hold. */
  readonly session: readonly RawSample[]
  readonly own: readonly RawSample[]
}

const IN_BED = 0
const AWAKE = 2
const DEEP = 4
const REM = 5

/** The longest sleep by civil day of waking. */
export function nightsByDay(samples: readonly RawSample[]): Map<string, Night> {
  const nights = new Map<string, Night>()
  for (const session of sessionsOf(samples)) {
    const asleep = session.filter(({ value }) => value !== IN_BED && value !== AWAKE)
    if (asleep.length === 0) continue
    const best = asleep.map(({ rank }) => rank).sort()[0]
    const own = session.filter(({ rank, value }) => rank === best && value !== IN_BED)
    const waking = asleep.filter(({ rank }) => rank === best).sort((a, b) => b.to - a.to)[0]!
    const { date } = wallAt(waking.zone, waking.to)
    const night = nightOf(session, own)
    if (night.asleep > (nights.get(date)?.asleep ?? -1)) nights.set(date, night)
  }
  return nights
}

/** Segments with at most two hours between them. */
function sessionsOf(samples: readonly RawSample[]): RawSample[][] {
  const sessions: RawSample[][] = []
  for (const sample of [...samples].sort((a, b) => a.from - b.from)) {
    const latest = Math.max(...(sessions.at(-1) ?? []).map(({ to }) => to))
    if (sample.from - latest <= 2 * 3_600_000) sessions.at(-1)!.push(sample)
    else sessions.push([sample])
  }
  return sessions
}

function nightOf(session: readonly RawSample[], own: readonly RawSample[]): Night {
  const stages = new Set(own.map(({ value }) => value))
  const isStaged = [3, DEEP, REM].some((stage) => stages.has(stage))
  const minutes = (chosen: (values: readonly number[]) => boolean, among: readonly RawSample[]) =>
    measure(among, chosen) / 60_000
  // Where segments of one source overlap, the one that began first holds.
  const stage = (...wanted: number[]) => minutes(([first]) => wanted.includes(first ?? NaN), own)
  const beds = session.filter(({ value }) => value === IN_BED)
  return {
    asleep: stage(1, 3, DEEP, REM),
    inBed: beds.length > 0 ? minutes((values) => values.length > 0, beds) : null,
    awake: isStaged || stages.has(AWAKE) ? stage(AWAKE) : null,
    deep: isStaged ? stage(DEEP) : null,
    rem: isStaged ? stage(REM) : null,
    session,
    own,
  }
}

/** Milliseconds in which the values present, by beginning, are as chosen. */
function measure(samples: readonly RawSample[], chosen: (values: readonly number[]) => boolean): number {
  const cuts = [...new Set(samples.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  return cuts.slice(1).reduce((total, to, index) => {
    const from = cuts[index]!
    const here = samples
      .filter((sample) => sample.from <= from && sample.to >= to)
      .sort((a, b) => a.from - b.from)
    return chosen(here.map(({ value }) => value)) ? total + to - from : total
  }, 0)
}
