import {
  dateAt,
  type JsonObject,
  type OwnPart,
  type RawSample,
  type Rows,
  sharedPartsOf,
  type WrittenDate,
} from '@clarity/healthkit'
import { type MemberSpan, membersOf } from './member-spans.ts'
import { numberAt, numberEnd, textEnd } from './plain-values.ts'

const wordBytes = 8
const quote = 0x22

/** The bytes at hand, in two views: up to `to` they are the body's. */
export interface BytesAtHand {
  readonly bytes: Buffer
  readonly view: DataView
  to: number
}

type Draft = { -readonly [Part in keyof RawSample]: RawSample[Part] }

/** A value that each element has of its own, and where it stands in the first: without quotes. */
interface OwnValue {
  readonly part: OwnPart
  readonly kind: 'number' | 'text' | 'date'
  readonly from: number
  readonly to: number
}

/** What stands between two values; most of it is compared by eight bytes at a time, as numbers. */
interface Between {
  readonly text: Uint8Array
  readonly words: Float64Array
}

/**
 * The text of an element but for the values that each element has of its own: another one with the same text around its
 * values has the same other members.
 */
export class ElementTemplate {
  /** Place, in the list of templates, of the one that came after this one. */
  next: number | undefined
  /** Before each value, and behind the last; the quotes of a text are part of them. */
  private readonly between: readonly Between[]
  private readonly values: readonly OwnValue[]
  private readonly raw: Draft
  /** Of the element matched last: where each value stands, and the date that it is. */
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private readonly dates: (WrittenDate | undefined)[]

  private constructor(bytes: Uint8Array, values: readonly OwnValue[], raw: RawSample) {
    this.values = values
    this.raw = { ...raw, shared: sharedPartsOf(raw) }
    const edges = [0, ...values.flatMap(({ from, to }) => [from, to]), bytes.length]
    this.between = Array.from({ length: values.length + 1 }, (_, index) =>
      betweenOf(bytes.slice(edges[2 * index], edges[2 * index + 1])),
    )
    this.starts = new Int32Array(values.length)
    this.ends = new Int32Array(values.length)
    this.dates = values.map(() => undefined)
  }

  /** The template of an element that reads as this sample; undefined where none of its own values is told plainly. */
  static of(
    bytes: Buffer,
    item: JsonObject,
    { raw, rows }: { readonly raw: RawSample; readonly rows: Rows },
  ): ElementTemplate | undefined {
    const members = membersOf(bytes)
    const parts = Object.entries(rows.members) as [OwnPart, string][]
    const values = parts.flatMap(([part, name]): OwnValue[] => {
      const [member, ...others] = members.filter(({ key }) => key === name)
      const isAsSent = member !== undefined && others.length === 0 && raw[part] === item[name]
      return isAsSent ? ownValue(bytes, part, member) : []
    })
    values.sort((left, right) => left.from - right.from)
    return values.length > 0 ? new ElementTemplate(Uint8Array.from(bytes), values, raw) : undefined
  }

  /** Where the element that begins at `at` ends, if it has this text; 0 if not, -1 if more bytes must tell. */
  match(hand: BytesAtHand, at: number): number {
    for (let index = 0; ; index += 1) {
      const behind = passText(this.between[index] as Between, hand, at)
      if (behind <= 0 || index === this.values.length) return behind
      const end = this.passValue(index, hand, behind)
      if (end <= 0) return end
      this.starts[index] = behind
      this.ends[index] = at = end
    }
  }

  private passValue(index: number, { bytes, to }: BytesAtHand, at: number): number {
    const { kind, from, to: end } = this.values[index] as OwnValue
    if (kind === 'number') return numberEnd(bytes, at, to)
    const length = end - from
    if (kind === 'text') return textEnd(bytes, at, to)
    // A shorter text is none like this date.
    if (at + length > to) return Math.min(textEnd(bytes, at, to), 0)
    const date = dateAt(bytes, at, length)
    this.dates[index] = date
    return date ? at + length : 0
  }

  /** The sample that was matched last: one object for all, so that it holds until the next is asked for. */
  rawSample(bytes: Buffer): RawSample {
    const { raw } = this
    for (let index = 0; index < this.values.length; index += 1) {
      const { part, kind } = this.values[index] as OwnValue
      const [start, end] = [this.starts[index] as number, this.ends[index] as number]
      if (kind === 'number') raw[part] = numberAt(bytes, start, end)
      else if (kind === 'text') raw[part] = bytes.toString('latin1', start, end)
      else raw[part === 'start' ? 'startDate' : 'endDate'] = this.dates[index] as WrittenDate
    }
    return raw
  }
}

/** A value that is spelt plainly, as most are. */
function ownValue(bytes: Buffer, part: OwnPart, { from, to }: MemberSpan): OwnValue[] {
  if (bytes[from] !== quote)
    return numberEnd(bytes, from, to + 1) === to ? [{ part, kind: 'number', from, to }] : []
  const [first, end] = [from + 1, to - 1]
  if (textEnd(bytes, first, to) !== end) return []
  const isDate = (part === 'start' || part === 'end') && dateAt(bytes, first, end - first) !== undefined
  return [{ part, kind: isDate ? 'date' : 'text', from: first, to: end }]
}

/** No eight bytes of UTF-8 are read as no number, nor as one of the two zeros. */
function betweenOf(text: Uint8Array): Between {
  const view = new DataView(text.buffer, text.byteOffset)
  const words = Float64Array.from({ length: Math.floor(text.length / wordBytes) }, (_, index) =>
    view.getFloat64(index * wordBytes, true),
  )
  return { text, words }
}

/** Behind a text that stands at `at`; 0 for any other, -1 if more bytes must tell. */
function passText({ text, words }: Between, { bytes, view, to }: BytesAtHand, at: number): number {
  const end = at + text.length
  const isWhole = end <= to
  let place = 0
  if (isWhole) {
    for (let word = 0; word < words.length; word += 1, place += wordBytes)
      if (view.getFloat64(at + place, true) !== words[word]) return 0
  }
  const last = isWhole ? text.length : to - at
  for (; place < last; place += 1) if (bytes[at + place] !== text[place]) return 0
  return isWhole ? end : -1
}
