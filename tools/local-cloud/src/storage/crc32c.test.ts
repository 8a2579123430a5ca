import { CRC32C } from '@google-cloud/storage'
import fc from 'fast-check'
import { crc32c, encodeCrc32c } from './crc32c.ts'

describe('CRC-32C', () => {
  it('has the check value of the catalogue', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  })

  it('equals the one of the Cloud Storage client, in one piece or in two', () => {
    const bytes = fc.uint8Array({ maxLength: 300 })
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        const theirs = new CRC32C()
        theirs.update(Buffer.from(first))
        theirs.update(Buffer.from(second))
        expect(encodeCrc32c(crc32c(second, crc32c(first)))).toBe(theirs.toString())
      }),
    )
  })
})
