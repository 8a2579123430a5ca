const polynomial = 0x82f63b78
const lanes = 8

/** Of each lane the remainders of its 256 bytes, one table behind the other: eight bytes are taken at a time. */
const tables = remainders()

function remainders(): Int32Array {
  const table = new Int32Array(lanes * 256)
  for (let byte = 0; byte < 256; byte += 1) {
    let rest = byte
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ polynomial : rest >>> 1
    table[byte] = rest
  }
  for (let at = 256; at < table.length; at += 1) {
    const before = table[at - 256]!
    table[at] = (before >>> 8) ^ table[before & 0xff]!
  }
  return table
}

function sumOver(bytes: Uint8Array, before: number): number {
  const whole = bytes.length - (bytes.length % lanes)
  let sum = ~before
  let at = 0
  for (; at < whole; at += lanes) {
    const low = sum ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24))
    sum =
      tables[0x700 + (low & 0xff)]! ^
      tables[0x600 + ((low >>> 8) & 0xff)]! ^
      tables[0x500 + ((low >>> 16) & 0xff)]! ^
      tables[0x400 + (low >>> 24)]! ^
      tables[0x300 + bytes[at + 4]!]! ^
      tables[0x200 + bytes[at + 5]!]! ^
      tables[0x100 + bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!
  }
  for (; at < bytes.length; at += 1) sum = (sum >>> 8) ^ tables[(sum ^ bytes[at]!) & 0xff]!
  return ~sum
}

/** CRC-32C (Castagnoli, RFC 3720) of bytes that come in pieces, as Cloud Storage's client asks for it. */
export interface Crc32c {
  update(bytes: Uint8Array): void
  /** Whether a sum, in the spelling of Cloud Storage or taken by another, is the same. */
  validate(other: string | { toString(): string }): boolean
  /** Four bytes, the highest first, in base64: the spelling of Cloud Storage. */
  toString(): string
}

/** Eight bytes at a time: the client's own takes them one by one and costs a multiple. */
export function createCrc32c(): Crc32c {
  let sum = 0
  const toString = (): string => {
    const bytes = Buffer.alloc(4)
    bytes.writeInt32BE(sum)
    return bytes.toString('base64')
  }
  return {
    update(bytes) {
      sum = sumOver(bytes, sum)
    },
    validate: (other) => String(other) === toString(),
    toString,
  }
}
