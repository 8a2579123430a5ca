/** A date as written: its wall time as if it were UTC (epoch ms), and how far that is ahead of UTC where it says so. */
export interface WrittenDate {
  readonly wallTime: number
  /** Milliseconds; null where none is written. */
  readonly offset: number | null
  /** Written as `Z` or as a number since an epoch: an instant that tells nothing of where the person was. */
  readonly isUtc: boolean
}

const calendar =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ] ?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(?:([AaPp])\.?[Mm]\.?)? ?([Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/
const compact = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?([Zz]|[+-]\d{2}:?\d{2})?)?$/
/** Milliseconds; no place was ever further from UTC. */
const largestOffset = 16 * 3_600_000
const anySpace = /[\u00a0\u202f\u2009\s]+/g

function fromEpoch(value: number): WrittenDate | undefined {
  const size = Math.abs(value)
  if (!Number.isFinite(value) || size > 8e18) return undefined
  // Seconds until the year 5138, then milliseconds, microseconds, nanoseconds.
  const scale = size < 1e11 ? 1000 : size < 1e14 ? 1 : size < 1e17 ? 1e-3 : 1e-6
  return { wallTime: Math.round(value * scale * 1000) / 1000, offset: null, isUtc: true }
}

function hourOf(written: number, half: string | undefined): number {
  if (half === undefined) return written
  if (written < 1 || written > 12) return NaN
  return (written % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

function offsetOf(text: string | undefined): number | null {
  if (text === undefined || !/^[+-]/.test(text)) return null
  const digits = text.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (text.startsWith('-') ? -minutes : minutes) * 60_000
}

/** Midnight of a date as if in UTC; undefined for a date that no calendar has. */
function midnightOf(year: number, month: number, day: number): number | undefined {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const midnight =
    year >= 100 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day)
  return day <= 28 || new Date(midnight).getUTCDate() === day ? midnight : undefined
}

/** Two digits at a place; NaN for anything else. */
function twoDigits(codes: Uint8Array, at: number): number {
  const tens = (codes[at] as number) - 48
  const ones = (codes[at + 1] as number) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN
}

const [space, plus, minus, point, colon, letterT, letterZ] = [0x20, 0x2b, 0x2d, 0x2e, 0x3a, 0x54, 0x5a]

let lastDate = NaN
let lastMidnight: number | undefined

/** Midnight of `yyyy-mm-dd` at a place. Dates come by the day. */
function midnightAt(codes: Uint8Array, at: number): number | undefined {
  if (codes[at + 4] !== minus || codes[at + 7] !== minus) return undefined
  const year = 100 * twoDigits(codes, at) + twoDigits(codes, at + 2)
  const month = twoDigits(codes, at + 5)
  const day = twoDigits(codes, at + 8)
  const date = (year * 100 + month) * 100 + day
  if (date === lastDate) return lastMidnight
  lastMidnight = date > 0 ? midnightOf(year, month, day) : undefined
  lastDate = date
  return lastMidnight
}

/**
 * The date that `length` bytes of ASCII spell, in the spellings that most dates have: `2025-03-08T12:30:45.123Z` with or
 * without its fraction, and `2025-03-08 12:30:45 -0500`. Undefined for any other, which `parseDate` may know.
 */
export function dateAt(codes: Uint8Array, at: number, length: number): WrittenDate | undefined {
  if (length !== 20 && length !== 24 && length !== 25) return undefined
  if (codes[at + 13] !== colon || codes[at + 16] !== colon) return undefined
  const midnight = midnightAt(codes, at)
  const hour = twoDigits(codes, at + 11)
  const minute = twoDigits(codes, at + 14)
  const second = twoDigits(codes, at + 17)
  if (midnight === undefined || !(hour < 24) || !(minute < 60) || !(second < 60)) return undefined
  const wallTime = midnight + ((hour * 60 + minute) * 60 + second) * 1000
  const parting = codes[at + 10]
  if (parting === letterT && codes[at + length - 1] === letterZ) return inUtc(codes, at, { length, wallTime })
  if (parting !== space || codes[at + 19] !== space || length !== 25) return undefined
  const sign = codes[at + 20]
  if (sign !== plus && sign !== minus) return undefined
  const offset = (twoDigits(codes, at + 21) * 60 + twoDigits(codes, at + 23)) * 60_000
  if (!(offset <= largestOffset)) return undefined
  return { wallTime, offset: sign === minus && offset > 0 ? -offset : offset, isUtc: false }
}

function inUtc(
  codes: Uint8Array,
  at: number,
  { length, wallTime }: { readonly length: number; readonly wallTime: number },
): WrittenDate | undefined {
  if (length === 20) return { wallTime, offset: 0, isUtc: true }
  const fraction = 10 * twoDigits(codes, at + 20) + (codes[at + 22] as number) - 48
  if (length !== 24 || codes[at + 19] !== point || !(twoDigits(codes, at + 21) >= 0) || !(fraction >= 0))
    return undefined
  return { wallTime: wallTime + fraction, offset: 0, isUtc: true }
}

const longestPlaced = 25
const placed = new Uint8Array(longestPlaced)

function fromPlaces(text: string): WrittenDate | undefined {
  const { length } = text
  if (length > longestPlaced) return undefined
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) return undefined
    placed[at] = code
  }
  return dateAt(placed, 0, length)
}

function fromCalendar(text: string): WrittenDate | undefined {
  const parts = calendar.exec(text)
  if (!parts) return undefined
  const [year = NaN, month = NaN, day = NaN] = parts.slice(1, 4).map(Number)
  const hour = hourOf(Number(parts[4] ?? 0), parts[8])
  const minute = Number(parts[5] ?? 0)
  const second = Number(parts[6] ?? 0)
  const fraction = parts[7] === undefined ? 0 : Math.floor(Number(`0.${parts[7]}`) * 1e6 + 1e-3) / 1000
  const midnight = midnightOf(year, month, day)
  if (midnight === undefined || !(hour <= 24) || minute > 59 || second > 60) return undefined
  const wallTime = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + fraction
  const isUtc = parts[9] !== undefined && /^[A-Z]/i.test(parts[9])
  const offset = isUtc ? 0 : offsetOf(parts[9])
  return Math.abs(offset ?? 0) > largestOffset ? undefined : { wallTime, offset, isUtc }
}

/** Halves of the day on a 12 h clock, in languages that have words of their own for them. */
const halves = [
  ['AM', /a\. ?m\.|上午|午前|오전|ص|π\.μ\.|ÖÖ/i],
  ['PM', /p\. ?m\.|下午|午後|오후|م|μ\.μ\.|ÖS/i],
] as const

/** `2025-03-08 下午2:30:00 +0800` as `2025-03-08 2:30:00 PM +0800`, and Arabic digits as those of ASCII. */
function inPlainWords(text: string): string {
  const plain = text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
  const half = halves.find(([, words]) => words.test(plain))
  if (!half) return plain
  const time = plain.replace(half[1], ' ').replace(/\d+:\d+(:\d+)?/, `$& ${half[0]}`)
  return time.replace(/ +/g, ' ').trim()
}

/**
 * Reads a date in any spelling that health clients use: ISO 8601 (any offset, 0 to 9 fraction digits, compact), Health
 * Auto Export's 24 h and 12 h clocks in the phone's language with any kind of space, a date alone (midnight), seconds or milliseconds since
 * 1970 as number or text. Undefined for anything else.
 */
export function parseDate(value: unknown): WrittenDate | undefined {
  if (typeof value === 'number') return fromEpoch(value)
  if (typeof value !== 'string' || value.length > 64) return undefined
  const direct = fromPlaces(value) ?? fromCalendar(value)
  if (direct) return direct
  const text = value.replace(anySpace, ' ').trim()
  const short = compact.exec(text)
  if (short) {
    const [, year, month, day, hour = '00', minute = '00', second = '00', offset = ''] = short
    return fromCalendar(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  }
  if (/^\d{9,19}(\.\d+)?$/.test(text)) return fromEpoch(Number(text))
  return fromCalendar(text) ?? fromCalendar(inPlainWords(text))
}
