import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MAX_RESUMABLE_DECODED_BYTES } from '@clarity/contracts'
import { inflate } from './inflate.ts'
import { type Inspection, bodyFailure, createInspector } from './inspect-body.ts'

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])

export interface ObjectBytes {
  readonly stream: Readable
  readonly contentEncoding: 'gzip' | undefined
  readonly declaredNdjson: boolean
  readonly signal: AbortSignal
  /** Default 10 GiB. */
  readonly maxDecodedBytes?: number
}

export interface InspectedObject extends Inspection {
  /** Gzip where it was said to be, or where the first bytes are: a file that was compressed and sent as it is. */
  readonly contentEncoding: 'gzip' | null
}

/**
 * Reads a stored object once, in constant memory. Fails as `malformed` (empty, broken gzip, no container) and
 * `too-large`; a failure of the store passes through.
 */
export async function inspectObject(object: ObjectBytes): Promise<InspectedObject> {
  const { stream, contentEncoding, declaredNdjson, signal } = object
  const maxBytes = object.maxDecodedBytes ?? MAX_RESUMABLE_DECODED_BYTES
  const inspector = createInspector({ declaredNdjson, maxBytes })
  try {
    const { begins, bytes } = await peek(stream)
    const isGzip = contentEncoding === 'gzip' || begins.equals(GZIP_MAGIC)
    if (isGzip) await inflate(bytes, { read: inspector.read, signal })
    else await pipeline(bytes, inspector.read, { signal })
    return { ...inspector.result(), contentEncoding: isGzip ? 'gzip' : null }
  } catch (error) {
    throw bodyFailure(error)
  } finally {
    stream.destroy()
  }
}

/** The first bytes, and all of them again. */
async function peek(stream: Readable): Promise<{ begins: Buffer; bytes: AsyncIterable<Buffer> }> {
  const rest = stream.iterator() as AsyncIterator<Buffer>
  const held: Buffer[] = []
  let length = 0
  while (length < GZIP_MAGIC.length) {
    const next = await rest.next()
    if (next.done) break
    held.push(next.value)
    length += next.value.length
  }
  return { begins: Buffer.concat(held).subarray(0, GZIP_MAGIC.length), bytes: chained(held, rest) }
}

async function* chained(held: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* held
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
