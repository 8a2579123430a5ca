import { formatInstant, instantOf, isTimezone, offsetAt, type Zone } from '@clarity/health-data'
import type { ReadContext } from './context.ts'
import type { WrittenDate } from './parse-date.ts'

function offsetName(offset: number): string {
  const minutes = Math.abs(offset) / 60_000
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${offset < 0 ? '-' : '+'}${digits.join(':')}`
}

/** No calendar reaches further; in ms. */
const furthest = 8e15

/** That long after a date, written as the date is: with its offset, or without one. Undefined beyond all calendars. */
export function writtenLater(date: WrittenDate, milliseconds: number): string | undefined {
  const time = date.wallTime + milliseconds
  if (!(Math.abs(time) < furthest)) return undefined
  const text = formatInstant(time)
  return date.isUtc ? text : text.replace('Z', date.offset === null ? '' : offsetName(date.offset))
}

/**
 * The zone in which a sample was lived: its own (`HKTimeZone`), else the upload's, else the user's setting, else the
 * offset of its date, else UTC.
 */
export function settleZone(own: unknown, date: WrittenDate, context: ReadContext): Zone {
  if (typeof own === 'string' && own.length < 64 && isTimezone(own)) return sampleZone(own)
  if (context.uploadTimezone) return { timezone: context.uploadTimezone, timezone_source: 'upload' }
  if (context.userTimezone) return { timezone: context.userTimezone, timezone_source: 'user' }
  if (date.offset !== null && !date.isUtc && Math.abs(date.offset) <= 15 * 3_600_000) {
    return { timezone: offsetName(date.offset), timezone_source: 'offset' }
  }
  return { timezone: 'UTC', timezone_source: 'none' }
}

let lastZone: Zone = { timezone: 'UTC', timezone_source: 'sample' }

/** One object, with one text of its name, for samples of one zone after each other: texts that are one compare at once. */
function sampleZone(timezone: string): Zone {
  if (timezone !== lastZone.timezone) lastZone = { timezone, timezone_source: 'sample' }
  return lastZone
}

/** The zone of the clock that a phone's dates without an offset are read from: where the phone is, not the sample. */
export function phoneZone(zone: Zone, context: ReadContext): string {
  return context.uploadTimezone ?? context.userTimezone ?? zone.timezone
}

const dayMs = 86_400_000

/** The instant of a date that says how far it is from UTC. */
function fixedInstant(date: WrittenDate): number | undefined {
  if (date.isUtc) return date.wallTime
  return date.offset === null ? undefined : date.wallTime - date.offset
}

/** The instants a written date may mean, the earlier first: without an offset a clock hour that repeats has two. */
function instantsOf(date: WrittenDate, timezone: string): readonly [number, ...number[]] {
  const fixed = fixedInstant(date)
  if (fixed !== undefined) return [fixed]
  const first = instantOf(timezone, date.wallTime)
  const second = date.wallTime - offsetAt(timezone, date.wallTime + dayMs)
  const isRepeat = second > first && second + offsetAt(timezone, second) === date.wallTime
  return isRepeat ? [first, second] : [first]
}

interface WrittenSpan {
  readonly start: WrittenDate
  readonly end: WrittenDate | undefined
  /** Zone of the clock that shows dates without an offset. */
  readonly timezone: string
  /** Milliseconds, where the client tells it. */
  readonly length?: number | undefined
}

const lengthTolerance = 1000

/**
 * The instants between which a sample lies. A wall time that occurs twice means what fits the length told, else the
 * first that leaves room for the other date, with the shorter time between them; one that a DST gap skips means that
 * much later.
 */
export function toSpan({ start, end, timezone, length }: WrittenSpan): { start: number; end: number } {
  const fixedStart = fixedInstant(start)
  const fixedEnd = end ? fixedInstant(end) : fixedStart
  if (fixedStart !== undefined && fixedEnd !== undefined) return { start: fixedStart, end: fixedEnd }
  const starts = instantsOf(start, timezone)
  if (!end) return { start: starts[0], end: starts[0] }
  const ends = instantsOf(end, timezone)
  const isRepeated = starts.length > 1 || ends.length > 1
  if (isRepeated && length !== undefined) {
    const pairs = starts.flatMap((from) => ends.map((to) => ({ start: from, end: to })))
    const fitting = pairs.find((pair) => Math.abs(pair.end - pair.start - length) < lengthTolerance)
    if (fitting) return fitting
  }
  for (const to of ends) {
    const from = starts.findLast((each) => each <= to)
    if (from !== undefined) return { start: from, end: to }
  }
  return { start: starts[0], end: ends[0] }
}
