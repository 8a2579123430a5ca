import { CRC32C } from '@google-cloud/storage'
import { createCrc32c } from './crc32c.ts'

const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 167 + (index >> 3)) & 0xff))

function sumOf(...pieces: readonly Uint8Array[]): string {
  const sum = createCrc32c()
  for (const piece of pieces) sum.update(piece)
  return sum.toString()
}

describe('CRC-32C', () => {
  it('has the check value of the catalogue: e3069283 of the nine digits', () => {
    expect(Buffer.from(sumOf(Buffer.from('123456789')), 'base64').toString('hex')).toBe('e3069283')
  })

  it('is that of 32 zeros and 32 ones in RFC 3720', () => {
    const hex = (piece: Uint8Array) => Buffer.from(sumOf(piece), 'base64').toString('hex')
    expect([hex(Buffer.alloc(32)), hex(Buffer.alloc(32, 0xff))]).toEqual(['8a9136aa', '62a8ab43'])
  })

  it("is the client's own for every length", () => {
    for (let length = 0; length < 40; length += 1) {
      const own = new CRC32C()
      own.update(bytes.subarray(0, length))
      expect(sumOf(bytes.subarray(0, length))).toBe(own.toString())
    }
  })

  it('is the same in pieces as at once', () => {
    const pieces = [0, 1, 6, 9, 100, 997].map((from, index, cuts) => bytes.subarray(from, cuts[index + 1]))
    expect(sumOf(...pieces)).toBe(sumOf(bytes))
  })

  it('tells another sum from its own', () => {
    const sum = createCrc32c()
    sum.update(bytes)
    expect(sum.validate(sumOf(bytes))).toBe(true)
    expect(sum.validate(sumOf(bytes.subarray(1)))).toBe(false)
  })
})
