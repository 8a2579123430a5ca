import { isObject, type ReadContext, type Reading, rejection, type Rows, toSample } from '@clarity/healthkit'
import type { ElementReader, ElementSpan } from './element-list.ts'
import { type BytesAtHand, ElementTemplate } from './element-template.ts'
import { malformedBody } from './failures.ts'

/** A body has few kinds of elements; of one that has more, the oldest are forgotten. */
const mostTemplates = 16
/** So many more elements may be like none before than are; beyond that no more are compared. */
const patience = 200

/**
 * Reads the elements of a shape's rows where they stand, and keeps the readings until they are taken. Most elements are
 * like one before but for their identity, dates and value: of these only that is read, which is a small part of the work
 * of parsing them. Any other element is parsed.
 */
export class AlikeElements implements ElementReader {
  private readonly rows: Rows
  private readonly context: ReadContext
  private readonly templates: ElementTemplate[] = []
  private readings: Reading[] = []
  private oldest = 0
  private unlike = 0
  private last: ElementTemplate | undefined
  private expected = 0
  private hand: BytesAtHand | undefined

  constructor(rows: Rows, context: ReadContext) {
    this.rows = rows
    this.context = context
  }

  get length(): number {
    return this.readings.length
  }

  take(): Reading[] {
    const taken = this.readings
    this.readings = []
    return taken
  }

  reads(list: string): boolean {
    return this.rows.takeApart(list) !== undefined
  }

  readAlike(bytes: Buffer, at: number, to: number): number {
    if (this.unlike > patience) return 0
    const { templates } = this
    const hand = this.handOf(bytes, to)
    let isOpen = false
    for (let tried = 0; tried < templates.length; tried += 1) {
      const index = (this.expected + tried) % templates.length
      const template = templates[index] as ElementTemplate
      const end = template.match(hand, at)
      isOpen ||= end < 0
      if (end <= 0) continue
      const reading = toSample(template.rawSample(bytes), this.context)
      // A refusal has to name its place.
      if (reading.kind !== 'sample') return 0
      this.readings.push(reading)
      this.unlike = Math.max(0, this.unlike - 1)
      this.follow(index)
      return end
    }
    return isOpen ? -1 : 0
  }

  readOther(bytes: Buffer, { from, to, list, index }: ElementSpan): void {
    const item = parseElement(bytes, from, to)
    const path = `${list}[${index}]`
    this.unlike += 1
    if (!isObject(item)) {
      this.readings.push(rejection(path, null, 'is not an object'))
      return
    }
    const raws = this.rows.takeApart(list)?.(item, path) ?? []
    for (const raw of raws) this.readings.push(toSample(raw, this.context))
    const [raw] = raws
    if (this.unlike > patience || raws.length !== 1 || !raw) return
    const template = ElementTemplate.of(bytes.subarray(from, to), item, { raw, rows: this.rows })
    if (template) this.learn(template)
  }

  private learn(template: ElementTemplate): void {
    const isFull = this.templates.length === mostTemplates
    const index = isFull ? this.oldest : this.templates.length
    if (isFull) this.oldest = (index + 1) % mostTemplates
    this.templates[index] = template
    this.follow(index)
  }

  /** Kinds of elements come in runs or in turns: each template knows which one came after it. */
  private follow(index: number): void {
    if (this.last) this.last.next = index
    this.last = this.templates[index]
    this.expected = this.last?.next ?? index
  }

  private handOf(bytes: Buffer, to: number): BytesAtHand {
    if (this.hand?.bytes !== bytes)
      this.hand = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), to }
    this.hand.to = to
    return this.hand
  }
}

function parseElement(bytes: Buffer, from: number, to: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', from, to)) as unknown
  } catch {
    throw malformedBody('The body is not valid JSON.')
  }
}
