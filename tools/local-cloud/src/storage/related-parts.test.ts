import fc from 'fast-check'
import { readRelatedParts } from './related-parts.ts'

async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
    await Promise.resolve()
  }
}

function body(media: Buffer): Buffer {
  const head =
    '--mark\r\ncontent-type: application/json\r\n\r\n{"name":"x"}\r\n--mark\r\nContent-Type: text/plain\r\n\r\n'
  return Buffer.concat([Buffer.from(head), media, Buffer.from('\r\n--mark--')])
}

describe('a multipart/related upload', () => {
  it('gives back the media bytes, however the body is cut into chunks', async () => {
    const looksLikeMark = fc
      .constantFrom('\r\n--mar', '--mark', '\r', '\n', 'a')
      .map((text) => Buffer.from(text))
    const media = fc.array(looksLikeMark).map((parts) => Buffer.concat(parts))
    const cases = fc.asyncProperty(
      media,
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      async (bytes, sizes) => {
        fc.pre(!bytes.includes('\r\n--mark'))
        const parts = await readRelatedParts(inChunks(body(bytes), sizes), 'multipart/related; boundary=mark')
        expect(parts.metadata).toBe('{"name":"x"}')
        expect(parts.mediaType).toBe('text/plain')
        const received: Buffer[] = []
        for await (const chunk of parts.media) received.push(chunk)
        expect(Buffer.concat(received)).toEqual(bytes)
      },
    )
    await fc.assert(cases)
  })

  it('is refused without a boundary or without an end', async () => {
    const unnamed = readRelatedParts(inChunks(body(Buffer.from('x')), [9]), 'multipart/related')
    await expect(unnamed).rejects.toMatchObject({ status: 400 })
    const cut = inChunks(body(Buffer.from('x')).subarray(0, -9), [9])
    const parts = await readRelatedParts(cut, 'multipart/related; boundary="mark"')
    await expect(parts.media.next().then(() => parts.media.next())).rejects.toMatchObject({ status: 400 })
  })
})
