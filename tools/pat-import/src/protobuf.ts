/**
 * The few wire forms of Protocol Buffers that an ONNX file needs. Every function returns one encoded field; a
 * message is the concatenation of its fields. Source: protobuf.dev, "Encoding".
 */

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED32 = 5

function varint(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 0x80)
  } while (rest !== 0n)
  return Buffer.from(bytes)
}

const tag = (field: number, wireType: number): Buffer => varint((field << 3) | wireType)

/** An int32, int64 or enum field; negative numbers take ten bytes, as the format has it. */
export function integer(field: number, value: number): Buffer {
  return Buffer.concat([tag(field, VARINT), varint(value)])
}

/** A float field. */
export function float(field: number, value: number): Buffer {
  const bits = Buffer.alloc(4)
  bits.writeFloatLE(value)
  return Buffer.concat([tag(field, FIXED32), bits])
}

/** A bytes field. */
export function bytes(field: number, value: Uint8Array): Buffer {
  return Buffer.concat([tag(field, LENGTH_DELIMITED), varint(value.byteLength), value])
}

/** A string field. */
export function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value, 'utf8'))
}

/** An embedded message made of encoded fields. */
export function message(field: number, fields: readonly Buffer[]): Buffer {
  return bytes(field, Buffer.concat(fields))
}
