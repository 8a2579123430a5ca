import { ElementList, type ElementReader } from './element-list.ts'
import { malformedBody } from './failures.ts'
import type { OpenContainer } from './json-skeleton.ts'

const [quote, backslash, comma, colon, openBracket, closeBracket] = [0x22, 0x5c, 0x2c, 0x3a, 0x5b, 0x5d]
/** With this bit a bracket is the brace of the same side. */
const braceBit = 0x20
const [openBrace, closeBrace] = [0x7b, 0x7d]
/** Bytes up to it stand between values, or in no JSON. */
const blank = 0x20

const deepestNesting = 256
/** Containers further down than this are passed over as they are. */
const deepestFollowed = 8
const longestKept = 1024
const mostKept = 64

/** A place between two elements of a list, behind the comma, or before the first, and what is open there. */
export interface Cut {
  readonly at: number
  /** Where the text before it ends: without the comma. */
  readonly textEnd: number
  readonly open: readonly OpenContainer[]
  /** Whether the elements behind it are read where they stand: then the text must be cut here. */
  readonly beginsElements: boolean
}

interface Frame {
  readonly kind: OpenContainer['kind']
  readonly key: string
  readonly kept: string[]
  /** Elements of a list that are complete. */
  passed: number
  openedAt: number
  readonly isCuttable: boolean
  /** The rows of a metric, which is an element itself. */
  readonly isRows: boolean
  /** Where its elements are read where they stand. */
  elements?: ElementList | undefined
  /** Of the member at hand: its key as written, where its value begins (-1: nowhere yet), and whether that holds a list. */
  member: string
  valueAt: number
  holdsList: boolean
}

/** Follows the structure of a JSON text through a buffer that grows at its end and loses its beginning. */
export class JsonStructure {
  /** Whether the root has ended. */
  isComplete = false
  /** The first place where the text may be cut, or must be. */
  cut: Cut | undefined
  /** Up to here the bytes hold elements that were read. */
  readTo = 0
  private readonly frames: Frame[] = []
  private at = 0
  /** Depth within a value that is passed over; 0 outside. */
  private passing = 0
  /** Where the string at hand begins, behind its quote; -1 outside. */
  private stringAt = -1
  private cutList: Frame | undefined
  private reader: ElementReader | undefined
  private readonly least: number

  /** A cut leaves at least that many bytes before it. */
  constructor(least: number) {
    this.least = least
  }

  /** From now on the elements of some lists are read where they stand. */
  readWith(reader: ElementReader): void {
    if (this.reader) return
    this.reader = reader
    for (const [depth, frame] of this.frames.entries()) frame.elements = this.elementsOf(frame, depth)
  }

  /**
   * Looks at the bytes up to `to`, or to a place where the text must be cut. Of a metric's rows only long runs are cut
   * off, before and behind: what rows are shows in many of them.
   */
  scan(bytes: Buffer, to: number): void {
    while (this.at < to && !this.cut?.beginsElements) {
      if (this.stringAt >= 0) {
        if (!this.passString(bytes, to)) break
      } else if (this.passing > 0) this.passValue(bytes, to)
      else {
        const byte = bytes[this.at] as number
        this.at += 1
        if (byte <= blank) continue
        const elements = this.top?.elements
        const end = elements?.isUnread === false ? elements.pass(bytes, this.at - 1, to) : 0
        if (end !== 0) {
          this.at = end > 0 ? end : this.at - 1
          if (end < 0) break
          this.readTo = end
          continue
        }
        this.step(bytes, byte)
        if (byte === comma && elements?.isUnread) this.beginElements(elements, this.at - 1)
        else if (byte === comma && this.isCutHere()) this.setCut(this.at - 1, false)
      }
    }
  }

  /** The first `length` bytes are gone, and a cut in them. */
  forget(length: number): void {
    const { cut } = this
    this.cut =
      cut && cut.at > length ? { ...cut, at: cut.at - length, textEnd: cut.textEnd - length } : undefined
    this.at -= length
    this.readTo = 0
    if (this.stringAt >= 0) this.stringAt -= length
    for (const frame of this.frames) {
      frame.openedAt -= length
      frame.elements?.forget(length)
      if (frame.valueAt >= 0) frame.valueAt -= length
    }
  }

  /** Whether anything was opened. */
  get hasBegun(): boolean {
    return this.isComplete || this.frames.length > 0 || this.passing > 0
  }

  private get top(): Frame | undefined {
    return this.frames[this.frames.length - 1]
  }

  private snapshot(): OpenContainer[] {
    return this.frames.map(({ kind, key, kept, passed }) => ({ kind, key, passed, kept, known: kept.length }))
  }

  private setCut(textEnd: number, beginsElements: boolean): void {
    this.cut = { at: this.at, textEnd, open: this.snapshot(), beginsElements }
    this.cutList = this.top
  }

  /** Undefined where the elements of a container are not read where they stand. */
  private elementsOf({ isCuttable, isRows, key }: Frame, depth: number): ElementList | undefined {
    if (!this.reader || !isCuttable || isRows) return undefined
    const keys = [...this.frames.slice(0, depth).map((frame) => frame.key), key]
    const list = keys.map((each) => each.slice(1, -1)).filter((each) => each !== '')
    const path = list.join('.')
    return this.reader.reads(path) ? new ElementList(this.reader, path) : undefined
  }

  private beginElements(elements: ElementList, textEnd: number): void {
    elements.begin(this.at)
    this.setCut(textEnd, true)
  }

  private isCutHere(): boolean {
    const list = this.top
    if (this.cut || this.at < this.least || !list?.isCuttable || list.elements) return false
    return !list.isRows || this.at - list.openedAt >= this.least
  }

  /** To the end of a string, or as far as there are bytes: then false. */
  private passString(bytes: Buffer, to: number): boolean {
    for (; this.at < to; this.at += 1) {
      const byte = bytes[this.at]
      if (byte === backslash) {
        if (this.at + 1 === to) return false
        this.at += 1
      } else if (byte === quote) {
        const frame = this.top
        if (this.passing === 0 && frame?.kind === 'object' && frame.member === '') {
          frame.member = bytes.toString('utf8', this.stringAt - 1, this.at + 1)
        }
        this.stringAt = -1
        this.at += 1
        return true
      }
    }
    return false
  }

  /** To the end of a value that is passed over, to the next string that does not end, or as far as there are bytes. */
  private passValue(bytes: Buffer, to: number): void {
    let { at, passing } = this
    for (; at < to; at += 1) {
      const byte = bytes[at] as number
      if (byte === quote) {
        let end = at + 1
        for (; end < to && bytes[end] !== quote; end += 1) if (bytes[end] === backslash) end += 1
        if (end >= to) {
          this.at = at + 1
          this.stringAt = at + 1
          this.passing = passing
          return
        }
        at = end
        continue
      }
      const brace = byte | braceBit
      if (brace === openBrace) {
        passing += 1
        if (passing > deepestNesting) throw malformedBody('The body is nested too deeply.')
      } else if (brace === closeBrace) {
        passing -= 1
        if (passing === 0) {
          at += 1
          break
        }
      }
    }
    this.at = at
    this.passing = passing
  }

  private step(bytes: Buffer, byte: number): void {
    if (byte === quote) this.stringAt = this.at
    else if (byte === colon) this.setValueAt(this.at)
    else if (byte === comma) this.endMember(bytes)
    else if (byte === openBrace || byte === openBracket) this.open(byte)
    else if (byte === closeBrace || byte === closeBracket) this.close(bytes, byte)
  }

  private setValueAt(at: number): void {
    const frame = this.top
    if (frame?.kind === 'object') frame.valueAt = at
  }

  private open(byte: number): void {
    const parent = this.top
    if (this.isComplete) throw malformedBody('The body goes on behind its end.')
    const kind = byte === openBracket ? 'list' : 'object'
    if (kind === 'list') for (const frame of this.frames) frame.holdsList = true
    if (!this.isFollowed(kind, parent)) {
      if (parent) parent.holdsList = true
      this.passing = 1
      return
    }
    const key = parent?.kind === 'object' ? parent.member : ''
    const isRows = kind === 'list' && key === '"data"' && this.frames.some((frame) => frame.kind === 'list')
    const isCuttable = isRows || (kind === 'list' && this.frames.every((frame) => frame.kind === 'object'))
    const member = { member: '', valueAt: -1, holdsList: false }
    const frame: Frame = { kind, key, kept: [], passed: 0, openedAt: this.at, isCuttable, isRows, ...member }
    const elements = (frame.elements = this.elementsOf(frame, this.frames.length))
    this.frames.push(frame)
    if (elements) this.beginElements(elements, this.at)
  }

  /** Elements of lists are passed over but for metrics: one metric can be most of a body. */
  private isFollowed(kind: Frame['kind'], parent: Frame | undefined): boolean {
    if (this.frames.length >= deepestFollowed) return false
    return parent?.kind !== 'list' || (kind === 'object' && parent.key === '"metrics"')
  }

  private endMember(bytes: Buffer): void {
    const frame = this.top
    if (!frame) return
    const end = this.at - 1
    if (frame.elements?.isUnread === false) this.readTo = frame.elements.end(bytes, end, frame.passed)
    if (frame.kind === 'list') frame.passed += 1
    else {
      const isSmall = end - frame.valueAt <= longestKept && frame.kept.length < mostKept
      if (frame.valueAt >= 0 && isSmall && !frame.holdsList) {
        frame.kept.push(`${frame.member}:${bytes.toString('utf8', frame.valueAt, end).trim()}`)
      }
    }
    frame.member = ''
    frame.valueAt = -1
    frame.holdsList = false
  }

  private close(bytes: Buffer, byte: number): void {
    const frame = this.top
    if ((frame?.kind === 'list') !== (byte === closeBracket))
      throw malformedBody('The body is not valid JSON.')
    this.endMember(bytes)
    this.frames.pop()
    if (this.cut && this.cutList === frame && frame?.isRows && this.at - this.cut.at < this.least) {
      this.cut = undefined
    }
    this.isComplete = this.frames.length === 0
  }
}
