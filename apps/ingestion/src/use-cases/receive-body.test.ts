import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { type ReceivedBody, receiveBody } from './receive-body.ts'

const MIB = 1024 * 1024

function receive(chunks: Buffer[] | Readable, contentEncoding: 'gzip' | null = null): Promise<ReceivedBody> {
  const body = chunks instanceof Readable ? chunks : Readable.from(chunks)
  return receiveBody({ body, contentEncoding, declaredNdjson: false, signal: AbortSignal.timeout(20_000) })
}
const failure = (kind: string, code: string) => ({ kind, details: { code } })

describe('receiveBody', () => {
  it('keeps gzip as it came and hashes what is inside', async () => {
    const inside = Buffer.from('{"a":1}')
    const sent = gzipSync(inside)
    const received = await receive([sent.subarray(0, 5), sent.subarray(5)], 'gzip')
    expect(received).toEqual({
      bytes: sent,
      decodedBytes: 7,
      sha256: createHash('sha256').update(inside).digest('hex'),
      format: 'json',
    })
    expect((await receive([inside])).sha256).toBe(received.sha256)
  })

  it('refuses an empty body, gzip or not', async () => {
    await expect(receive([])).rejects.toMatchObject(failure('malformed', 'empty-body'))
    await expect(receive([], 'gzip')).rejects.toMatchObject(failure('malformed', 'empty-body'))
    await expect(receive([gzipSync('')], 'gzip')).rejects.toMatchObject(failure('malformed', 'empty-body'))
  })

  it('refuses gzip that is cut off, damaged or none', async () => {
    const whole = gzipSync(Buffer.from(JSON.stringify({ a: 'x'.repeat(1000) })))
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, 20, 24)
    for (const body of [whole.subarray(0, -6), damaged, Buffer.from('{"a":1}')]) {
      await expect(receive([body], 'gzip')).rejects.toMatchObject(failure('malformed', 'broken-gzip'))
    }
  })

  it('takes 32 MiB as received and not a byte more', async () => {
    const body = Buffer.alloc(32 * MIB, 0x20)
    body[0] = 0x7b
    expect((await receive([body])).bytes).toHaveLength(32 * MIB)
    await expect(receive([body, Buffer.from(' ')])).rejects.toMatchObject({
      ...failure('too-large', 'body-too-large'),
      message: 'An upload may have 32 MiB (33554432 bytes) on the wire.',
    })
  })

  it('stops inflating a bomb at 256 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * MIB, 0x5b))
    await expect(receive([bomb], 'gzip')).rejects.toMatchObject({
      ...failure('too-large', 'body-too-large'),
      message: 'An upload may have 256 MiB (268435456 bytes) decompressed.',
    })
  })

  it('leaves the request readable after a refusal, so that the answer gets through', async () => {
    const request = Readable.from([Buffer.from('no health data'), Buffer.from('more')])
    await expect(receive(request)).rejects.toMatchObject(failure('malformed', 'not-health-data'))
    expect(request.destroyed).toBe(false)
  })
})
