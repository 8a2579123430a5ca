import { createInflateRaw } from 'node:zlib'
import type { ByteReader } from './byte-reader.ts'
import type { Bytes } from './byte-stream.ts'
import { malformedBody } from './failures.ts'

/** Little at a time: deflate can make a thousand bytes of one. */
const pieceBytes = 16 * 1024

/**
 * Inflates one entry of an archive. Its compressed size need not be known: deflate says itself where it ends, and what
 * was read beyond goes back to the reader. Broken data fails as `malformed_body`.
 */
export async function* inflateEntry(reader: ByteReader): Bytes {
  const inflate = createInflateRaw()
  let output: Buffer[] = []
  let written = 0
  let state: 'open' | 'ended' | Error = 'open'
  let wake = () => undefined as void
  inflate.on('data', (chunk: Buffer) => output.push(chunk))
  inflate.once('end', () => {
    state = 'ended'
    wake()
  })
  inflate.once('error', (error) => {
    state = error
    wake()
  })
  // At the end of its data the engine ends instead of calling back.
  const write = (piece: Buffer) =>
    new Promise<void>((resolve) => {
      wake = resolve
      inflate.write(piece, () => resolve())
    })
  const current = () => state

  try {
    while (current() === 'open') {
      const piece = await reader.some(pieceBytes)
      if (!piece) throw malformedBody('The archive ends too early.')
      await write(piece)
      written += piece.length
      const seen = current()
      if (seen instanceof Error) throw malformedBody('The archive is not a valid zip.', seen)
      if (seen === 'ended') reader.giveBack(piece.subarray(piece.length - (written - inflate.bytesWritten)))
      const ready = output
      output = []
      yield* ready
    }
  } finally {
    inflate.destroy()
  }
}
