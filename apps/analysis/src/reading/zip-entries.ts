import { crc32 } from 'node:zlib'
import type { ByteReader } from './byte-reader.ts'
import type { Bytes } from './byte-stream.ts'
import { malformedBody } from './failures.ts'
import { inflateEntry } from './inflate-entry.ts'

const signatures = {
  entry: 0x04034b50,
  directory: 0x02014b50,
  descriptor: 0x08074b50,
  end: 0x06054b50,
  end64: 0x06064b50,
}
const afterEntries = [signatures.directory, signatures.end, signatures.end64]
const encrypted = 1
const sizesFollow = 8
const stored = 0
const deflated = 8
const sizeIn64 = 0xffffffff
const pieceBytes = 64 * 1024

interface EntryHeader {
  readonly flags: number
  readonly method: number
  /** CRC-32 of the content; 0 where it only follows the data. */
  readonly checksum: number
  /** Undefined where it only follows the data. */
  readonly compressedBytes: number | undefined
}

/** The size in the extra field of entries beyond 4 GiB: after the inflated size, where that is there too. */
function sizeFrom64(extra: Buffer, inflatedIn64: boolean): number {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    const size = at + 4 + (inflatedIn64 ? 8 : 0)
    if (extra.readUInt16LE(at) === 1 && size + 8 <= extra.length) return Number(extra.readBigUInt64LE(size))
  }
  throw malformedBody('The archive has an entry without a size.')
}

async function readHeader(reader: ByteReader): Promise<EntryHeader> {
  const header = await reader.take(26)
  const [flags, method] = [header.readUInt16LE(2), header.readUInt16LE(4)]
  const checksum = header.readUInt32LE(10)
  const [compressed, inflated] = [header.readUInt32LE(14), header.readUInt32LE(18)]
  await reader.take(header.readUInt16LE(22))
  const extra = await reader.take(header.readUInt16LE(24))
  if ((flags & encrypted) !== 0) throw malformedBody('The archive is encrypted.')
  if ((flags & sizesFollow) !== 0) return { flags, method, checksum, compressedBytes: undefined }
  const compressedBytes = compressed === sizeIn64 ? sizeFrom64(extra, inflated === sizeIn64) : compressed
  return { flags, method, checksum, compressedBytes }
}

async function* copyEntry(reader: ByteReader, length: number): Bytes {
  for (let left = length; left > 0;) {
    const piece = await reader.some(Math.min(left, pieceBytes))
    if (!piece) throw malformedBody('The archive ends too early.')
    left -= piece.length
    yield piece
  }
}

/** The checksum that follows an entry's data, before its sizes: with or without a signature, of 32 or 64 bits. */
async function checksumBehind(reader: ByteReader): Promise<number> {
  const start = await reader.peek(4)
  if (start.length === 4 && start.readUInt32LE() === signatures.descriptor) await reader.take(4)
  const ahead = await reader.peek(12 + 4)
  const next = ahead.length < 16 ? undefined : ahead.readUInt32LE(12)
  const isShort = next !== undefined && [signatures.entry, ...afterEntries].includes(next)
  return (await reader.take(isShort ? 12 : 20)).readUInt32LE(0)
}

function contentOf(reader: ByteReader, { method, compressedBytes }: EntryHeader): Bytes {
  if (method === deflated) return inflateEntry(reader)
  if (compressedBytes === undefined) throw malformedBody('The archive has an entry without a size.')
  // What is compressed otherwise is passed over as it is: it cannot be the export.
  const content = copyEntry(reader, compressedBytes)
  return method === stored ? content : drained(content)
}

/** What has been read of an entry's content. */
interface Progress {
  checksum: number
  isComplete: boolean
}

async function* summed(content: Bytes, progress: Progress): Bytes {
  for await (const chunk of content) {
    progress.checksum = crc32(chunk, progress.checksum)
    yield chunk
  }
  progress.isComplete = true
}

async function* drained(bytes: Bytes): Bytes {
  for await (const _ of bytes);
}

/**
 * The contents of an archive's entries, in its order and each to be read before the next. Names and paths are passed
 * over. The caller counts what it is given; an entry that is not read to its end is inflated to find it, at no memory.
 * An entry that was read to its end and has another checksum than the archive says fails when the next is asked for.
 */
export async function* zipEntries(reader: ByteReader): AsyncGenerator<Bytes> {
  for (;;) {
    const signature = (await reader.take(4)).readUInt32LE()
    if (afterEntries.includes(signature)) return
    if (signature !== signatures.entry) throw malformedBody('The archive is not a valid zip.')
    const header = await readHeader(reader)
    const progress: Progress = { checksum: 0, isComplete: false }
    yield summed(contentOf(reader, header), progress)
    const stated = (header.flags & sizesFollow) === 0 ? header.checksum : await checksumBehind(reader)
    const isReadable = [stored, deflated].includes(header.method)
    if (isReadable && progress.isComplete && progress.checksum !== stated) {
      throw malformedBody('An entry of the archive is damaged.')
    }
  }
}
