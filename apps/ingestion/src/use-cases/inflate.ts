import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'

/** Each piece crosses threads once, so few large ones cost less; the memory of larger ones would be mapped anew each time. */
const PIECE_BYTES = 120 * 1024

export interface Inflation {
  /** Reads the inflated bytes to their end; those of a piece are gone once it asks for the next. */
  read(pieces: AsyncIterable<Buffer>): Promise<void>
  readonly signal: AbortSignal
}

/** Inflates gzip for one reader; fails with zlib's error where it is broken. */
export async function inflate(gzip: AsyncIterable<Buffer>, { read, signal }: Inflation): Promise<void> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES })
  await pipeline(gzip, gunzip, (pieces: AsyncIterable<Buffer>) => read(releasing(pieces)), { signal })
}

/** Gives memory back as soon as it was read: left to the garbage collection, it costs twice as much as inflating. */
async function* releasing(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let memory: ArrayBufferLike | undefined
  for await (const piece of pieces) {
    // Several pieces can share a block; zlib has left it once one comes from another.
    if (memory !== piece.buffer && memory instanceof ArrayBuffer && memory.byteLength === PIECE_BYTES) {
      memory.transfer(0)
    }
    memory = piece.buffer
    yield piece
  }
}
