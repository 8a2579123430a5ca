import { isObject, isTold, type JsonObject, listOr, objectOr } from './json.ts'
import { parseDate } from './parse-date.ts'

const instants = ['effectiveDateTime', 'effectiveInstant'] as const
const mostEvents = 100

/** The time between the first and the last of a timing's events; undefined where one is no date. */
function spanOfEvents(timing: unknown): readonly [first: unknown, last: unknown] | undefined {
  const events = listOr(objectOr(timing).event)
  const times = events.slice(0, mostEvents).map((event) => {
    const written = typeof event === 'string' ? parseDate(event) : undefined
    return { event, time: written ? written.wallTime - (written.offset ?? 0) : NaN }
  })
  if (times.length === 0 || events.length > mostEvents || times.some(({ time }) => Number.isNaN(time)))
    return undefined
  times.sort((left, right) => left.time - right.time)
  return [times[0]?.event, times.at(-1)?.event]
}

/** When an observation holds. */
interface Effective {
  /** The field's name; of a period the one in which its start and end stand. */
  readonly name: string
  readonly first: unknown
  readonly last: unknown
}

function periodOf(name: string, { start, end }: JsonObject): Effective {
  return { name, first: start, last: end }
}

function instantOf(name: string, time: unknown): Effective {
  return { name, first: time, last: time }
}

/** When an observation holds, in whichever of FHIR's types; a rule of when is no date. */
export function effectiveOf(observation: JsonObject): Effective {
  const { effectivePeriod, effectiveTiming } = observation
  const bounds = objectOr(objectOr(effectiveTiming).repeat).boundsPeriod
  if (isObject(effectivePeriod)) return periodOf('effectivePeriod', effectivePeriod)
  const field = instants.find((each) => isTold(observation[each]))
  if (field !== undefined) return instantOf(field, observation[field])
  if (isObject(bounds)) return periodOf('effectiveTiming.repeat.boundsPeriod', bounds)
  if (!isTold(effectiveTiming)) return instantOf(instants[0], undefined)
  const [first, last] = spanOfEvents(effectiveTiming) ?? [effectiveTiming, effectiveTiming]
  return { name: 'effectiveTiming', first, last }
}
