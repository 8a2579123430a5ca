import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { type Failure, unavailable } from '@clarity/failure'
import { inspectObject } from './inspect-object.ts'
import { incomingPath, ownerOf } from './incoming-path.ts'

const signal = new AbortController().signal
const body = Buffer.from(JSON.stringify({ a: 'x'.repeat(5000) }))
const plain = { contentEncoding: undefined, declaredNdjson: false, signal } as const

/** Bytes that arrive one by one at first, so that the magic crosses a border. */
const arriving = (bytes: Buffer): Readable =>
  Readable.from([bytes.subarray(0, 1), bytes.subarray(1, 2), bytes.subarray(2)], { objectMode: false })
const failureOf = async (work: Promise<unknown>) => {
  const { kind, details } = (await work.catch((error: unknown) => error)) as Failure
  return [kind, details.code]
}

describe('a stored object', () => {
  it.each([
    ['as it is', body, undefined, null],
    ['said to be gzip', gzipSync(body), 'gzip' as const, 'gzip'],
    ['that is gzip', gzipSync(body), undefined, 'gzip'],
  ])('%s is counted, hashed and known by its first bytes', async (_, bytes, contentEncoding, seen) => {
    expect(await inspectObject({ ...plain, stream: arriving(bytes), contentEncoding })).toEqual({
      decodedBytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
      format: 'json',
      contentEncoding: seen,
    })
  })

  it.each([
    ['of nothing', Buffer.alloc(0), 'empty-body'],
    ['of one byte', Buffer.from('x'), 'not-health-data'],
    ['of cut gzip', gzipSync(body).subarray(0, 20), 'broken-gzip'],
  ])('%s is malformed', async (_, bytes, code) => {
    expect(await failureOf(inspectObject({ ...plain, stream: arriving(bytes) }))).toEqual(['malformed', code])
  })

  it('that inflates beyond the limit is too large, without being read on', async () => {
    const stream = arriving(gzipSync(Buffer.alloc(50_000_000, '{')))
    const reading = inspectObject({ ...plain, stream, maxDecodedBytes: 1_000_000 })
    expect(await failureOf(reading)).toEqual(['too-large', 'body-too-large'])
    expect(stream.destroyed).toBe(true)
  })

  it('whose store fails meanwhile is no fault of the body', async () => {
    const broken = Readable.from(
      (async function* () {
        yield body
        throw unavailable({ code: 'raw_store_unavailable', detail: 'Late.' })
      })(),
      { objectMode: false },
    )
    expect(await failureOf(inspectObject({ ...plain, stream: broken }))).toEqual([
      'unavailable',
      'raw_store_unavailable',
    ])
  })
})

describe('the path of an object that came in a session', () => {
  it('names its owner and its upload, whatever the user id', () => {
    const owner = { userId: 'a/b ü%2F', uploadId: '0b7d2c1e-0000-4000-8000-000000000000' }
    expect(ownerOf(incomingPath(owner))).toEqual(owner)
  })

  it.each(['raw/a/b', 'incoming/a', 'incoming/a/b/c', 'incoming//b', 'incoming/%/b', 'incoming/a/b.c'])(
    'is not %s',
    (path) => {
      expect(ownerOf(path)).toBeUndefined()
    },
  )
})
