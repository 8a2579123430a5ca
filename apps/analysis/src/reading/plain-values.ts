const [quote, backslash, minus, point, zero, nine] = [0x22, 0x5c, 0x2d, 0x2e, 0x30, 0x39]
const [firstPlain, lastPlain] = [0x20, 0x7e]
const [largeE, smallE] = [0x45, 0x65]
/** Of an identity or a date. */
const longestText = 64
/** A whole number of so many digits is one that a double holds; so are the powers of ten by which it is divided. */
const mostDigits = 15
const powersOfTen = Array.from({ length: mostDigits + 1 }, (_, exponent) => 10 ** exponent)

/** Where a short text of ASCII without escapes ends: at its closing quote; 0 for any other, -1 if more bytes must tell. */
export function textEnd(bytes: Uint8Array, at: number, to: number): number {
  const last = Math.min(to, at + longestText)
  for (let end = at; end < last; end += 1) {
    const byte = bytes[end] as number
    if (byte === quote) return end
    if (byte < firstPlain || byte > lastPlain || byte === backslash) return 0
  }
  return last === to ? -1 : 0
}

/**
 * Where a number ends that JSON spells without an exponent, in 15 digits at most; 0 for anything else, -1 if more bytes
 * must tell.
 */
export function numberEnd(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at] === minus ? at + 1 : at
  const middle = digitsEnd(bytes, first, to)
  const end = middle < to && bytes[middle] === point ? digitsEnd(bytes, middle + 1, to) : middle
  if (end === to) return -1
  const isSpelt = middle > first && (bytes[first] !== zero || middle === first + 1) && end !== middle + 1
  const byte = bytes[end]
  return isSpelt && end - first <= mostDigits && byte !== smallE && byte !== largeE ? end : 0
}

function digitsEnd(bytes: Uint8Array, at: number, to: number): number {
  let end = at
  while (end < to && (bytes[end] as number) >= zero && (bytes[end] as number) <= nine) end += 1
  return end
}

/** The number that `numberEnd` found. Of two numbers that doubles hold the quotient is as near as the parsed text. */
export function numberAt(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === minus
  let whole = 0
  let decimals = 0
  for (let at = isNegative ? start + 1 : start; at < end; at += 1) {
    const byte = bytes[at] as number
    if (byte === point) decimals = end - at - 1
    else whole = 10 * whole + byte - zero
  }
  const number = whole / (powersOfTen[decimals] as number)
  return isNegative ? -number : number
}
