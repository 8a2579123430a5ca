import type { Bytes } from './byte-stream.ts'
import { malformedBody } from './failures.ts'

/** Takes bytes from a stream by number: archives are read so. */
export interface ByteReader {
  /** Exactly that many; a stream that ends before fails as `malformed_body`. */
  take(length: number): Promise<Buffer>
  /** As `take`, but they stay; fewer where the stream ends. */
  peek(length: number): Promise<Buffer>
  /** Whatever is at hand, at most that many; undefined at the end. */
  some(most: number): Promise<Buffer | undefined>
  /** Puts back what was taken too much. */
  giveBack(bytes: Buffer): void
}

/** A reader of a stream that holds no more of it than was asked for. */
export function createByteReader(bytes: Bytes): ByteReader {
  const source = bytes[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)

  const more = async (): Promise<boolean> => {
    const { done, value } = await source.next()
    if (done) return false
    const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    return true
  }
  const hold = async (length: number) => {
    while (held.length < length && (await more()));
  }
  const cut = (length: number) => {
    const taken = held.subarray(0, length)
    held = held.subarray(length)
    return taken
  }

  return {
    async take(length) {
      await hold(length)
      if (held.length < length) throw malformedBody('The archive ends too early.')
      return cut(length)
    },
    async peek(length) {
      await hold(length)
      return held.subarray(0, length)
    },
    async some(most) {
      await hold(1)
      return held.length === 0 ? undefined : cut(most)
    },
    giveBack(rest) {
      held = held.length === 0 ? rest : Buffer.concat([rest, held])
    },
  }
}
