import { malformedBody } from './failures.ts'

const [comma, closeBracket, openBrace] = [0x2c, 0x5d, 0x7b]

/** Where an element stands in the bytes at hand, and in the body. */
export interface ElementSpan {
  readonly from: number
  readonly to: number
  /** The keys that lead to its list, joined by dots. */
  readonly list: string
  readonly index: number
}

/** Reads the elements of some lists where they stand, so that they need not be parsed with the text around them. */
export interface ElementReader {
  /** Whether it reads the elements of a list, by the keys that lead to it. */
  reads(list: string): boolean
  /** Reads the element that begins at `at` if it is like one before: where it ends, 0 if not, -1 if more bytes must tell. */
  readAlike(bytes: Buffer, at: number, to: number): number
  /** Reads any other element; fails as `malformed_body` where it is no JSON. */
  readOther(bytes: Buffer, element: ElementSpan): void
}

/** A list of a JSON text whose elements are read where they stand. */
export class ElementList {
  private readonly reader: ElementReader
  private readonly list: string
  /** Of the element at hand; `unread` until reading begins. */
  private state: 'unread' | 'awaited' | 'begun' | 'read' = 'unread'
  private from = 0

  /** `list`: the keys that lead to it, joined by dots. */
  constructor(reader: ElementReader, list: string) {
    this.reader = reader
    this.list = list
  }

  get isUnread(): boolean {
    return this.state === 'unread'
  }

  /** Elements are read from here on. */
  begin(at: number): void {
    this.state = 'awaited'
    this.from = at
  }

  /**
   * Looks at a byte of the list that is no blank: where the element that begins with it ends, if it is like one before
   * and so is read, 0 for anything else, -1 if more bytes must tell.
   */
  pass(bytes: Buffer, at: number, to: number): number {
    const byte = bytes[at]
    if (byte === comma || byte === closeBracket) return 0
    if (this.state === 'read') throw malformedBody('The body is not valid JSON.')
    const isWhole = this.state === 'awaited' && byte === openBrace
    const end = isWhole ? this.reader.readAlike(bytes, at, to) : 0
    if (end > 0) this.state = 'read'
    else if (end === 0) this.state = 'begun'
    return end
  }

  /** At the comma or bracket behind the element at hand, which is read now at the latest: up to where all is read. */
  end(bytes: Buffer, at: number, index: number): number {
    const isLast = bytes[at] === closeBracket
    const isEmptyList = isLast && index === 0 && this.state === 'awaited'
    if (this.state !== 'read' && !isEmptyList)
      this.reader.readOther(bytes, { from: this.from, to: at, list: this.list, index })
    this.begin(at + 1)
    return isLast ? at : at + 1
  }

  /** The first `length` bytes are gone. */
  forget(length: number): void {
    this.from -= length
  }
}
