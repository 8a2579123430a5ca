import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { inflate } from './inflate.ts'

const { signal } = new AbortController()

async function readAll(pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of pieces) expect(piece.length).toBeGreaterThan(0)
}

describe('inflate', () => {
  it('passes every byte on, in order, however the gzip is cut', async () => {
    const inside = Buffer.concat([randomBytes(700_000), Buffer.alloc(900_000, 0x61), randomBytes(5)])
    const gzip = gzipSync(inside)
    for (const size of [1000, 65_536, gzip.length]) {
      const cut = Array.from({ length: Math.ceil(gzip.length / size) }, (_, at) =>
        gzip.subarray(at * size, (at + 1) * size),
      )
      const read: Buffer[] = []
      await inflate(Readable.from(cut), {
        async read(pieces) {
          for await (const piece of pieces) read.push(Buffer.from(piece))
        },
        signal,
      })
      expect(Buffer.concat(read).equals(inside)).toBe(true)
    }
  })

  it('gives the memory of what was read back while more is inflated', async () => {
    const pieces: Buffer[] = []
    await inflate(Readable.from([gzipSync(Buffer.alloc(1_000_000))]), {
      async read(inflated) {
        for await (const piece of inflated) pieces.push(piece)
      },
      signal,
    })
    expect(pieces.filter(({ length }) => length > 0)).toEqual([pieces.at(-1)])
  })

  it('fails where the gzip is cut off', async () => {
    const half = Readable.from([gzipSync(randomBytes(1000)).subarray(0, 500)])
    await expect(inflate(half, { read: readAll, signal })).rejects.toMatchObject({ code: 'Z_BUF_ERROR' })
  })
})
