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

/** A place between two elements of a list, behind the comma, and what is open there. */
export interface Cut {
  readonly at: number
  readonly open: readonly OpenContainer[]
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
  /** Of the member at hand: its key as written, where its value begins (-1: nowhere yet), and whether that holds a list. */
  member: string
  valueAt: number
  holdsList: boolean
}

/** Follows the structure of a JSON text through a buffer that grows at its end and loses its beginning. */
export class JsonStructure {
  /** Whether the root has ended. */
  isComplete = false
  private readonly frames: Frame[] = []
  private at = 0
  /** Depth within a value that is passed over; 0 outside. */
  private passing = 0
  /** Where the string at hand begins, behind its quote; -1 outside. */
  private stringAt = -1
  private cut: Cut | undefined
  private cutList: Frame | undefined
  private readonly least: number

  /** A cut leaves at least that many bytes before it. */
  constructor(least: number) {
    this.least = least
  }

  /**
   * Looks at the bytes up to `to`; answers the first place where the text may be cut. Of a metric's rows only long runs
   * are cut off, before and behind: what rows are shows in many of them.
   */
  scan(bytes: Buffer, to: number): Cut | undefined {
    while (this.at < to) {
      if (this.stringAt >= 0) {
        if (!this.passString(bytes, to)) break
      } else if (this.passing > 0) this.passValue(bytes, to)
      else {
        const byte = bytes[this.at] as number
        this.at += 1
        if (byte <= blank) continue
        this.step(bytes, byte)
        if (byte === comma && this.isCutHere()) {
          this.cut = { at: this.at, open: this.snapshot() }
          this.cutList = this.top
        }
      }
    }
    return this.cut
  }

  /** The first `length` bytes are gone, and the cut with them. */
  forget(length: number): void {
    this.cut = undefined
    this.at -= length
    if (this.stringAt >= 0) this.stringAt -= length
    for (const frame of this.frames) {
      frame.openedAt -= length
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

  private isCutHere(): boolean {
    const list = this.top
    if (this.cut || this.at < this.least || !list?.isCuttable) return false
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
    else if (byte === comma) this.endMember(bytes, this.at - 1)
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
    this.frames.push({ kind, key, kept: [], passed: 0, openedAt: this.at, isCuttable, isRows, ...member })
  }

  /** Elements of lists are passed over but for metrics: one metric can be most of a body. */
  private isFollowed(kind: Frame['kind'], parent: Frame | undefined): boolean {
    if (this.frames.length >= deepestFollowed) return false
    return parent?.kind !== 'list' || (kind === 'object' && parent.key === '"metrics"')
  }

  private endMember(bytes: Buffer, end: number): void {
    const frame = this.top
    if (!frame) return
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
    this.endMember(bytes, this.at - 1)
    this.frames.pop()
    if (this.cut && this.cutList === frame && frame?.isRows && this.at - this.cut.at < this.least) {
      this.cut = undefined
    }
    this.isComplete = this.frames.length === 0
  }
}
