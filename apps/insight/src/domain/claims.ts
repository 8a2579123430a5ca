import { numberWords } from './number-words.ts'
import { type Dimension, MINUTES, proseDimension } from './units.ts'

/** A statement about an amount, found in prose. */
export interface AmountClaim {
  readonly kind: 'amount'
  readonly text: string
  readonly value: number
  /** Digits after the point, as written: the precision that is claimed. */
  readonly decimals: number
  readonly dimension?: Dimension | undefined
  /** The word that follows, where it is no unit: `3 awakenings`. */
  readonly noun?: string | undefined
}

/** A time of day, `HH:MM`. */
interface TimeClaim {
  readonly kind: 'time'
  readonly text: string
  readonly time: string
}

/** Days of one month; `year` where the text names it. */
export interface DateClaim {
  readonly kind: 'date'
  readonly text: string
  readonly month: number
  readonly days: readonly number[]
  readonly year?: number | undefined
}

/** Something with a number in it that cannot be traced to anything: `twice`, `½`, `B12`, `2nd`, `0,92`. */
interface UnreadableClaim {
  readonly kind: 'unreadable'
  readonly text: string
}

type Reading = AmountClaim | TimeClaim | DateClaim | UnreadableClaim

/** A claim with the text on both sides of it. */
export type Claim = Reading & { readonly before: string; readonly after: string }

/** One kind of claim: what it looks like, and what a match of it says. An empty list says nothing: a name. */
interface Reader {
  readonly pattern: RegExp
  readonly read: (match: RegExpExecArray, following: string) => readonly Reading[]
}

const SMALL = 'one|two|three|four|five|six|seven|eight|nine|ten'
const PARTS = 'third|fourth|quarter|fifth|sixth|seventh|eighth|ninth|tenth'
/** `half of`, `a third`, `two-thirds`, `one in three`, `nine out of 10`, `every other`. */
const FRACTION = [
  'half|halves|halved|quarters?|thirds',
  `(?:an?|one|\\d+|${SMALL})[- ](?:${PARTS})s?`,
  `(?:\\d+|${SMALL}) in (?:every )?(?:\\d+|${SMALL})`,
  `(?:${SMALL}) (?:out of|of)(?: every)? (?:\\d+|${SMALL})`,
  `\\d+ (?:out of|of)(?: every)? (?:${SMALL})`,
  'every (?:other|second|third|fourth)',
].join('|')
const MANY =
  'twice|thrice|doubled?(?!-)|tripled?|dozens?|hundreds?|thousands?|millions?|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|(?:two|three|four|five|ten)fold|point (?:zero|one|two|three|four|five|six|seven|eight|nine)'

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
const MONTH = `(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)`
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'
const DAYS = `${DAY}(?:\\s*(?:[-–]|to|and)\\s*${DAY})?`
const NUMBER = /[-−+]?(?:\d[\d.,'\u00a0\u2009\u202f]*\d|\d)/.source
const LETTERS = '\\p{L}\\p{N}_'

/** Words that may follow a number without saying what it counts. */
const FUNCTION_WORDS = new Set(
  (
    'a about across after against all among an and are around as at because before being below between but by ' +
    'compared during each every for from had has have here if in indicates indicating into is it its last means ' +
    'meaning of off on or out over per points reflecting reflects showing shows since so suggesting suggests than ' +
    'that the their then there these they this those through throughout to under until up was well were when where ' +
    'which while with within without you your'
  ).split(' '),
)

/** In this order: what an earlier reader has read, a later one no longer sees. */
const READERS: readonly Reader[] = [
  { pattern: namePattern(), read: () => [] },
  {
    pattern: /(?<![\p{L}\p{N}-])(\d{4})-(\d{2})-(\d{2})(?![\p{L}\p{N}-])/gu,
    read: ([text, year, month, day]) => [
      { kind: 'date', text, month: Number(month), days: [Number(day)], year: Number(year) },
    ],
  },
  {
    pattern: new RegExp(`(?<![${LETTERS}])${DAYS}\\s+(?:of\\s+)?${MONTH}\\b(?:,?\\s+(\\d{4}))?`, 'gu'),
    read: ([text, first, last, month, year]) => [dateClaim(text, { month, first, last, year })],
  },
  {
    pattern: new RegExp(`\\b${MONTH}\\s+${DAYS}(?![\\d:])(?:,?\\s+(\\d{4}))?`, 'gu'),
    read: ([text, month, first, last, year]) => [dateClaim(text, { month, first, last, year })],
  },
  {
    pattern: /(?<![\p{L}\p{N}.,:])(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\.?(?![\p{L}\p{N}])/giu,
    read: ([text, hour, minute, half]) => [twelveHourClaim(text, Number(hour), `${minute ?? '00'}${half}`)],
  },
  {
    pattern: /(?<![\p{L}\p{N}.,:])(\d{1,2}):(\d{2})(?![\p{N}:])/gu,
    read: ([text, hour, minute]) => [{ kind: 'time', text, time: `${hour?.padStart(2, '0')}:${minute}` }],
  },
  {
    pattern:
      /(?<![\p{L}\p{N}.,])(\d+)\s*(?:hours?|hrs?|h)(?![a-z])[\s,]*(?:and\s+)?(\d{1,2})\s*(?:minutes?|mins?|m)(?![a-z])/giu,
    read: ([text, hours, minutes]) => [
      { kind: 'amount', text, value: Number(hours) * 60 + Number(minutes), decimals: 0, dimension: MINUTES },
    ],
  },
  {
    pattern: new RegExp(`\\b(?:${FRACTION}|${MANY})\\b`, 'gi'),
    read: ([text]) => [{ kind: 'unreadable', text }],
  },
  {
    pattern: new RegExp(`(?<![\\p{L}\\p{N}_.,:])${NUMBER}(?:st|nd|rd|th)?(?!:?\\p{N})`, 'gu'),
    read: ([text], following) => [numberClaim(text, following)],
  },
  { pattern: /[\p{L}_]*\p{N}[\p{L}\p{N}_.,:]*/gu, read: ([text]) => [{ kind: 'unreadable', text }] },
]

/** Everything in a text that states a number, in whatever form. What is not understood is a claim too. */
export function claimsIn(text: string): Claim[] {
  const claims: Claim[] = []
  const whole = numberWords(text)
  let rest = whole
  for (const { pattern, read } of READERS) {
    for (const match of rest.matchAll(pattern)) {
      const end = match.index + match[0].length
      const place = { before: whole.slice(0, match.index), after: whole.slice(end) }
      claims.push(...read(match, rest.slice(end)).map((reading) => ({ ...reading, ...place })))
    }
    rest = rest.replace(pattern, (found) => ' '.repeat(found.length))
  }
  return claims
}

/** Terms of the field whose names hold digits. */
function namePattern(): RegExp {
  const terms = [
    'L5',
    'M10',
    'SpO[2₂]',
    'VO[2₂](?:[ -]?max)?',
    '24[- ]hour(?=[- ](?:rhythm|cycle|clock|day|pattern|period|profile))',
    '(?:least|lowest|most)[- ]active (?:5|10)[- ]hours?',
    '(?:least|lowest|most)[- ]active (?:5|10)-hour (?:window|period|span|stretch)',
  ]
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${terms.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
}

interface DateWords {
  readonly month?: string | undefined
  readonly first?: string | undefined
  readonly last?: string | undefined
  readonly year?: string | undefined
}

function dateClaim(text: string, { month = '', first, last, year }: DateWords): DateClaim {
  const name = month.toLowerCase().slice(0, 3)
  return {
    kind: 'date',
    text,
    month: MONTHS.findIndex((known) => known.startsWith(name)) + 1,
    days: [first, last].flatMap((day) => (day === undefined ? [] : [Number(day)])),
    year: year === undefined ? undefined : Number(year),
  }
}

function twelveHourClaim(text: string, hour: number, rest: string): TimeClaim | UnreadableClaim {
  if (hour < 1 || hour > 12) return { kind: 'unreadable', text }
  const afternoon = rest.toLowerCase().endsWith('p')
  return {
    kind: 'time',
    text,
    time: `${String((hour % 12) + (afternoon ? 12 : 0)).padStart(2, '0')}:${rest.slice(0, 2)}`,
  }
}

const PLAIN = /^[-−+]?\d+(\.\d+)?$/
const GROUPED = /^[-−+]?\d{1,3}([,\u00a0\u2009\u202f])\d{3}(\1\d{3})*(\.\d+)?$/

function numberClaim(text: string, following: string): AmountClaim | UnreadableClaim {
  if (!PLAIN.test(text) && !GROUPED.test(text)) return { kind: 'unreadable', text }
  const digits = text.replace(/[,\u00a0\u2009\u202f+]/g, '').replace('−', '-')
  return {
    kind: 'amount',
    text,
    value: Number(digits),
    decimals: digits.split('.')[1]?.length ?? 0,
    ...counted(following),
  }
}

/** What the number counts: the unit after it, or after the other end of its range (`7 of 7 days`, `55–60 bpm`). */
function counted(following: string): Pick<AmountClaim, 'dimension' | 'noun'> {
  const range = new RegExp(`^\\s*(?:of|out of|to|and|or|[-–/])\\s*(?:the\\s+)?${NUMBER}`, 'u').exec(following)
  const after = range ? following.slice(range[0].length) : following
  const dimension = proseDimension(after)
  if (dimension) return { dimension }
  const word = /^[\s-]*([\p{L}]+)/u.exec(after)?.[1]?.toLowerCase()
  return word === undefined || FUNCTION_WORDS.has(word) ? {} : { noun: word }
}
