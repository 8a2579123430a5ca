const hourMs = 3_600_000
const dayMs = 24 * hourMs
const fixedOffset = /^([+-])(\d{2}):?(\d{2})$/
/** Zone rules are followed within these years; outside, the nearest year's offset holds. */
const firstInstant = Date.UTC(1900, 0, 2)
const lastInstant = Date.UTC(2100, 11, 30)

const partsFormat = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const

/** Offsets of one zone, a UTC day at a time: constant, or with the one instant at which it changes. */
interface OffsetDay {
  readonly before: number
  readonly after: number
  readonly changesAt: number
}

interface ZoneOffsets {
  readonly format: Intl.DateTimeFormat
  readonly days: Map<number, OffsetDay>
  /** The UTC day of the last question: most are of the same. */
  lastDay: number
  lastOffsets: OffsetDay
}

const zones = new Map<string, ZoneOffsets | number | null>()
const dateNames = new Map<number, string>()

function openZone(timezone: string): ZoneOffsets | number | null {
  const fixed = fixedOffset.exec(timezone)
  if (fixed) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3])
    return (fixed[1] === '-' ? -minutes : minutes) * 60_000
  }
  if (timezone === 'UTC' || timezone === 'Z') return 0
  try {
    return {
      format: new Intl.DateTimeFormat('en-US', { ...partsFormat, timeZone: timezone }),
      days: new Map(),
      lastDay: NaN,
      lastOffsets: { before: 0, after: 0, changesAt: Infinity },
    }
  } catch {
    return null
  }
}

let lastName = ''
let lastZone: ZoneOffsets | number | null = null

/** Most questions are about the zone of the last one. */
function zoneOf(timezone: string): ZoneOffsets | number | null {
  if (timezone === lastName) return lastZone
  lastZone = findZone(timezone)
  lastName = timezone
  return lastZone
}

function findZone(timezone: string): ZoneOffsets | number | null {
  const known = zones.get(timezone)
  if (known !== undefined) return known
  const opened = openZone(timezone)
  // Names come from clients: rubbish must not fill the cache.
  if (opened !== null || zones.size < 2000) zones.set(timezone, opened)
  return opened
}

function askIntl(format: Intl.DateTimeFormat, instant: number): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
}

function offsetDay(zone: ZoneOffsets, day: number): OffsetDay {
  const known = zone.days.get(day)
  if (known) return known
  let low = day * dayMs
  let high = low + dayMs
  const before = askIntl(zone.format, low)
  const after = askIntl(zone.format, high)
  if (before !== after) {
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000
      if (askIntl(zone.format, middle) === before) low = middle
      else high = middle
    }
  }
  const found = { before, after, changesAt: before === after ? Infinity : high }
  zone.days.set(day, found)
  return found
}

/** Whether a zone's name can be used: an IANA name, `UTC`, or a fixed offset as `+05:30`. */
export function isTimezone(timezone: string): boolean {
  return zoneOf(timezone) !== null
}

/** Milliseconds that local time is ahead of UTC at an instant (epoch ms); a zone that does not exist counts as UTC. */
export function offsetAt(timezone: string, instant: number): number {
  const zone = zoneOf(timezone)
  if (zone === null) return 0
  if (typeof zone === 'number') return zone
  const within = withinRules(instant)
  const { before, after, changesAt } = offsetsOn(zone, within)
  return within < changesAt ? before : after
}

function withinRules(instant: number): number {
  return Math.min(Math.max(instant, firstInstant), lastInstant)
}

function offsetsOn(zone: ZoneOffsets, instant: number): OffsetDay {
  const day = utcDay(instant)
  if (day !== zone.lastDay) {
    zone.lastOffsets = offsetDay(zone, day)
    zone.lastDay = day
  }
  return zone.lastOffsets
}

function dateName(day: number): string {
  const known = dateNames.get(day)
  if (known) return known
  const name = new Date(day * dayMs).toISOString().slice(0, 10)
  if (dateNames.size > 20_000) dateNames.clear()
  dateNames.set(day, name)
  return name
}

/** Date `yyyy-mm-dd` in UTC of an instant: the key of the shard that holds what starts then. */
export function utcDate(instant: number): string {
  return dateName(utcDay(instant))
}

/** UTC day of an instant, as the number of days since 1970. */
export function utcDay(instant: number): number {
  return Math.floor(instant / dayMs)
}

/** Time within one civil day of a zone, half-open: what is asked next mostly lies in it too. */
interface Stretch {
  readonly timezone: string
  readonly from: number
  readonly to: number
  readonly day: number
  readonly date: string
}

let lastStretch: Stretch = { timezone: '', from: NaN, to: NaN, day: NaN, date: '' }

function stretchAt(timezone: string, instant: number): Stretch {
  const last = lastStretch
  if (instant >= last.from && instant < last.to && timezone === last.timezone) return last
  return (lastStretch = findStretch(timezone, instant))
}

/** As much of the civil day at an instant as lies in its UTC day, on the same side of a change of the offset. */
function findStretch(timezone: string, instant: number): Stretch {
  const offset = offsetAt(timezone, instant)
  const day = Math.floor((instant + offset) / dayMs)
  const midnight = utcDay(instant) * dayMs
  const changesAt = offsetChange(timezone, instant)
  const isBefore = instant < changesAt
  return {
    timezone,
    from: Math.max(midnight, day * dayMs - offset, isBefore ? -Infinity : changesAt),
    to: Math.min(midnight + dayMs, (day + 1) * dayMs - offset, isBefore ? changesAt : Infinity),
    day,
    date: dateName(day),
  }
}

/** When a zone's offset changes in the UTC day of an instant; Infinity where it does not. */
function offsetChange(timezone: string, instant: number): number {
  const zone = zoneOf(timezone)
  if (zone === null || typeof zone === 'number') return Infinity
  return offsetsOn(zone, withinRules(instant)).changesAt
}

/** Civil day in a zone at an instant, as the number of days since 1970. */
export function civilDay(timezone: string, instant: number): number {
  return stretchAt(timezone, instant).day
}

/** Civil date `yyyy-mm-dd` in a zone at an instant. */
export function civilDate(timezone: string, instant: number): string {
  return stretchAt(timezone, instant).date
}

/** The date `yyyy-mm-dd` of a number of days since 1970. */
export function dateOfDay(day: number): string {
  return dateName(day)
}

/** The date that many days later (or earlier, if negative). */
export function addDays(date: string, days: number): string {
  return dateName(Math.floor(Date.parse(date) / dayMs) + days)
}

/** Every date from the first to the last, both included. */
export function datesBetween(first: string, last: string): string[] {
  if (first === last) return [first]
  const dates: string[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date)
  return dates
}

/**
 * The instant at which a zone's clocks show a wall time (given as if it were UTC, epoch ms). A time that occurs twice
 * means the first; one that a DST gap skips means that much later, as `Temporal`'s "compatible" has it.
 */
export function instantOf(timezone: string, wallTime: number): number {
  const earlier = offsetAt(timezone, wallTime - dayMs)
  const later = offsetAt(timezone, wallTime + dayMs)
  const first = wallTime - earlier
  if (offsetAt(timezone, first) === earlier) return first
  const second = wallTime - later
  return offsetAt(timezone, second) === later ? second : first
}

/** First instant of a civil date in a zone; the day ends where the next one starts, after 23, 24 or 25 hours. */
export function startOfDay(timezone: string, date: string): number {
  return instantOf(timezone, Date.parse(date))
}

/** Instant at which the clock hour of an instant starts in its zone. */
export function clockHour(instant: number, timezone: string): number {
  const within = offsetAt(timezone, instant) % hourMs
  return Math.floor((instant + within) / hourMs) * hourMs - within
}

/** RFC 3339 in UTC, with milliseconds or, where the instant has them, microseconds. */
export function formatInstant(instant: number): string {
  const whole = Math.floor(instant)
  const micros = Math.round((instant - whole) * 1000)
  if (micros === 1000) return formatInstant(whole + 1)
  const text = new Date(whole).toISOString()
  return micros === 0 ? text : `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`
}
