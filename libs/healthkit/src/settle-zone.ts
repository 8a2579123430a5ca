import { instantOf, isTimezone, type Zone } from '@clarity/health-data'
import type { ReadContext } from './context.ts'
import type { WrittenDate } from './parse-date.ts'

function offsetName(offset: number): string {
  const minutes = Math.abs(offset) / 60_000
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${offset < 0 ? '-' : '+'}${digits.join(':')}`
}

/**
 * The zone in which a sample was lived: its own (`HKTimeZone`), else the upload's, else the user's setting, else the
 * offset of its date, else UTC.
 */
export function settleZone(own: unknown, date: WrittenDate, context: ReadContext): Zone {
  if (typeof own === 'string' && own.length < 64 && isTimezone(own)) {
    return { timezone: own, timezone_source: 'sample' }
  }
  if (context.uploadTimezone) return { timezone: context.uploadTimezone, timezone_source: 'upload' }
  if (context.userTimezone) return { timezone: context.userTimezone, timezone_source: 'user' }
  if (date.offset !== null && !date.isUtc && Math.abs(date.offset) <= 15 * 3_600_000) {
    return { timezone: offsetName(date.offset), timezone_source: 'offset' }
  }
  return { timezone: 'UTC', timezone_source: 'none' }
}

/** The instant a written date means; without an offset it is the wall time of the zone. */
export function toInstant(date: WrittenDate, timezone: string): number {
  if (date.isUtc) return date.wallTime
  return date.offset === null ? instantOf(timezone, date.wallTime) : date.wallTime - date.offset
}
