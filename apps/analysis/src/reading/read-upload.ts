import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Rejection, Sample, Tombstone } from '@clarity/health-data'
import type { ReadContext, Reading } from '@clarity/healthkit'
import { decompressed, limitBytes } from './byte-stream.ts'
import { readJson } from './read-json.ts'
import { readNdjson } from './read-ndjson.ts'
import { readXml } from './read-xml.ts'
import { readZip } from './read-zip.ts'

/** The container of an upload, as its first bytes show it. */
export type UploadFormat = 'json' | 'ndjson' | 'xml' | 'zip'

export interface UploadBody {
  readonly stream: Readable
  readonly contentEncoding?: string | undefined
  readonly format: UploadFormat
  readonly context: ReadContext
  readonly signal?: AbortSignal | undefined
  /** Most bytes after inflating gzip or zip. */
  readonly maxBytes?: number
}

/** Some of an upload's readings, in its order; a large body comes in many batches. */
export interface ReadingBatch {
  /** Undefined as long as none has shown. */
  readonly shape: string | undefined
  readonly readings: readonly Reading[]
}

/** What a direct upload may inflate to: 256 MiB. */
const directUploadBytes = 256 * 1024 * 1024

const readers = { json: readJson, ndjson: readNdjson, xml: readXml, zip: readZip } as const

/**
 * Reads an upload as it streams in. Fails as `malformed` with the code `malformed_body` (broken gzip, zip, XML or JSON)
 * or `unknown_shape`, and as `too-large` with `too_large` beyond `maxBytes`; other errors of the stream pass through.
 */
export async function* readBatches(body: UploadBody): AsyncGenerator<ReadingBatch> {
  const { stream, contentEncoding, format, context, signal, maxBytes = directUploadBytes } = body
  try {
    const bytes = limitBytes(decompressed(stream, contentEncoding), maxBytes)
    for await (const batch of readers[format]({ bytes, context, maxBytes })) {
      signal?.throwIfAborted()
      yield batch
      // A body that is in memory already would otherwise be read without a pause for anybody else.
      await setImmediate()
    }
  } finally {
    stream.destroy()
  }
}

/** All of an upload. */
export interface UploadReading {
  readonly shape: string
  readonly samples: readonly Sample[]
  readonly tombstones: readonly Tombstone[]
  /** The first hundred. */
  readonly rejections: readonly Rejection[]
  readonly rejected: number
}

const mostRejections = 100

/** Reads a whole upload into memory; fails as `readBatches` does. */
export async function readUpload(body: UploadBody): Promise<UploadReading> {
  let shape = ''
  let rejected = 0
  const samples: Sample[] = []
  const tombstones: Tombstone[] = []
  const rejections: Rejection[] = []
  for await (const batch of readBatches(body)) {
    shape = batch.shape ?? shape
    for (const reading of batch.readings) {
      if (reading.kind === 'sample') samples.push(reading.sample)
      else if (reading.kind === 'tombstone') tombstones.push(reading.tombstone)
      else {
        rejected += 1
        if (rejections.length < mostRejections) rejections.push(reading.rejection)
      }
    }
  }
  return { shape, samples, tombstones, rejections, rejected }
}
