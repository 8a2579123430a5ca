import { bytes, float, integer, message, text } from './protobuf.ts'

const hex = (buffer: Buffer): string => buffer.toString('hex')

// The first three are the examples of protobuf.dev, "Encoding".
describe('protobuf wire format', () => {
  it.each([
    ['a varint of two bytes', integer(1, 150), '089601'],
    ['a string', text(2, 'testing'), '120774657374696e67'],
    ['an embedded message', message(3, [integer(1, 150)]), '1a03089601'],
    ['a negative integer in ten bytes', integer(3, -1), '18ffffffffffffffffff01'],
    ['zero', integer(1, 0), '0800'],
    ['a field number above 15', integer(20, 1), 'a00101'],
    ['a float, little-endian', float(2, 1e-6), '15bd378635'],
    ['bytes', bytes(9, Uint8Array.of(0, 255)), '4a0200ff'],
  ])('encodes %s', (_, encoded, expected) => {
    expect(hex(encoded)).toBe(expected)
  })
})
