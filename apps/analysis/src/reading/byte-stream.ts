import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { ReadContext } from '@clarity/healthkit'
import { inflatesTooFar, malformedBody } from './failures.ts'

export type Bytes = AsyncIterable<Uint8Array>

/** Each chunk crosses threads once: few large ones cost less. */
const inflatedChunk = 128 * 1024
const textPiece = 16 * 1024
const gzipMagic = Buffer.from([0x1f, 0x8b])

/** What each reader of a container is given. */
export interface ReaderInput {
  readonly bytes: Bytes
  readonly context: ReadContext
  readonly maxBytes: number
}

/**
 * The stream's bytes, inflated where they are gzip: said to be, or, of a file that was compressed and sent as it is, by
 * their first bytes, which begin no other container. Broken gzip fails as `malformed_body`.
 */
export async function* decompressed(stream: Readable, contentEncoding?: string): Bytes {
  if (contentEncoding === 'gzip') {
    yield* inflated(stream)
    return
  }
  const rest = (stream as Bytes)[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let first = Buffer.alloc(0)
  while (first.length < gzipMagic.length) {
    const next = await rest.next()
    if (next.done) break
    held.push(next.value)
    first = Buffer.concat([first, next.value])
  }
  const bytes = chained(held, rest)
  yield* first.subarray(0, gzipMagic.length).equals(gzipMagic) ? inflated(Readable.from(bytes)) : bytes
}

async function* inflated(stream: Readable): Bytes {
  const gunzip = createGunzip({ chunkSize: inflatedChunk })
  let sourceError: unknown
  // An error of the source is no fault of the body: it passes through as it is.
  stream.once('error', (error) => {
    sourceError = error
    gunzip.destroy(error)
  })
  stream.pipe(gunzip)
  try {
    yield* gunzip as Bytes
  } catch (error) {
    throw sourceError ?? malformedBody('The body is not valid gzip.', error)
  } finally {
    gunzip.destroy()
  }
}

/** Passes bytes on until there are more than the limit. */
export async function* limitBytes(bytes: Bytes, maxBytes: number): Bytes {
  let total = 0
  for await (const chunk of bytes) {
    total += chunk.length
    if (total > maxBytes) throw inflatesTooFar(maxBytes)
    yield chunk
  }
}

/** Passes bytes on in pieces of at most a size, which may be another for the next. */
export async function* inPieces(bytes: Bytes, size: () => number): Bytes {
  for await (const chunk of bytes) {
    for (let at = 0, end; at < chunk.length; at = end) {
      end = Math.min(chunk.length, at + size())
      yield chunk.subarray(at, end)
    }
  }
}

/**
 * Decodes UTF-8 across chunks, without a byte-order mark; what is no UTF-8 becomes U+FFFD. The pieces are short: a long
 * text is a large object to the heap, which is collected late.
 */
export async function* decodeText(bytes: Bytes): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8')
  for await (const piece of inPieces(bytes, () => textPiece)) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}

/** The text of UTF-8 bytes, without a byte-order mark; what is no UTF-8 becomes U+FFFD. */
export function utf8Text(bytes: Buffer): string {
  const hasMark = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return bytes.toString('utf8', hasMark ? 3 : 0)
}

/** Chunks at hand, and what their source still has. */
export async function* chained(held: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): Bytes {
  try {
    yield* held
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
