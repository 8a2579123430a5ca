const [quote, backslash, comma, openBrace, closeBrace] = [0x22, 0x5c, 0x2c, 0x7b, 0x7d]
/** With this bit a bracket is the brace of the same side. */
const braceBit = 0x20
/** Bytes up to it stand between the parts of a JSON text. */
const blank = 0x20

/** Where a member's value stands in the text of its object: from its first byte to behind its last. */
export interface MemberSpan {
  /** As written, without its quotes. */
  readonly key: string
  readonly from: number
  readonly to: number
}

/** The members of an object, by its text: valid JSON, from brace to brace. */
export function membersOf(bytes: Buffer): MemberSpan[] {
  const members: MemberSpan[] = []
  let at = bytes.indexOf(quote, 1)
  while (at > 0) {
    const keyEnd = stringEnd(bytes, at)
    const key = bytes.toString('utf8', at + 1, keyEnd - 1)
    const from = passBlanks(bytes, passBlanks(bytes, keyEnd) + 1)
    const to = valueEnd(bytes, from)
    members.push({ key, from, to })
    at = bytes[passBlanks(bytes, to)] === comma ? bytes.indexOf(quote, to) : -1
  }
  return members
}

function passBlanks(bytes: Uint8Array, at: number): number {
  while ((bytes[at] as number) <= blank) at += 1
  return at
}

/** Behind the closing quote of the string that begins at `at`. */
function stringEnd(bytes: Uint8Array, at: number): number {
  let end = at + 1
  while (bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1
  return end + 1
}

function valueEnd(bytes: Uint8Array, from: number): number {
  let depth = 0
  for (let at = from; ; at += 1) {
    const byte = bytes[at] as number
    const brace = byte | braceBit
    if (byte === quote) at = stringEnd(bytes, at) - 1
    else if (brace === openBrace) depth += 1
    else if (brace === closeBrace) depth -= 1
    const next = bytes[at + 1] as number
    if (depth <= 0 && (next === comma || (next | braceBit) === closeBrace || next <= blank)) return at + 1
  }
}
