import type { BlobStore } from './blob-store.ts'
import { crc32c } from './crc32c.ts'

/** Cloud Storage persists an unfinished upload in multiples of 256 KiB. */
const UPLOAD_QUANTUM = 256 * 1024
const ROW_BYTES = 4 * UPLOAD_QUANTUM

/** How far a blob has been written: its size so far and the CRC-32C of these bytes. */
export interface BlobProgress {
  readonly size: number
  readonly crc: number
}

/** Gathers what a client sends into rows; what is not flushed yet is not kept. */
export interface BlobWriter {
  progress(): BlobProgress
  write(chunk: Buffer): void
  /** Keeps the full multiples of 256 KiB received so far and forgets the rest. */
  flushQuanta(): void
  /** Keeps everything received. */
  flush(): void
}

/** `onKept` is called after each row is written, for example to note how far a resumable upload has come. */
export function createBlobWriter(
  blobs: BlobStore,
  dataId: string,
  options: { from?: BlobProgress; onKept?: (progress: BlobProgress, write: () => void) => void } = {},
): BlobWriter {
  let kept: BlobProgress = options.from ?? { size: 0, crc: 0 }
  let waiting: Buffer[] = []
  let waitingBytes = 0

  const keep = (bytes: Buffer) => {
    const next = { size: kept.size + bytes.length, crc: crc32c(bytes, kept.crc) }
    const at = kept.size
    const write = () => blobs.append(dataId, at, bytes)
    if (options.onKept) options.onKept(next, write)
    else write()
    kept = next
  }

  const take = (length: number) => {
    const all = Buffer.concat(waiting)
    for (let at = 0; at < length; at += ROW_BYTES) keep(all.subarray(at, Math.min(length, at + ROW_BYTES)))
    waiting = length < all.length ? [all.subarray(length)] : []
    waitingBytes = all.length - length
  }

  return {
    progress: () => kept,
    write(chunk) {
      waiting.push(chunk)
      waitingBytes += chunk.length
      if (waitingBytes >= ROW_BYTES) take(waitingBytes - (waitingBytes % ROW_BYTES))
    },
    flushQuanta: () => take(waitingBytes - (waitingBytes % UPLOAD_QUANTUM)),
    flush: () => take(waitingBytes),
  }
}
