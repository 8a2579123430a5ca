import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Sample } from '@clarity/health-data'
import type { ReadContext, Reading } from '@clarity/healthkit'
import { decompressed, limitBytes } from './byte-stream.ts'
import { readJson } from './read-json.ts'
import { readNdjson } from './read-ndjson.ts'
import { readXml } from './read-xml.ts'
import { readZip } from './read-zip.ts'
import { type UploadOutline, createOutline } from './upload-outline.ts'

/** The container of an upload, as its first bytes show it. */
export type UploadFormat = 'json' | 'ndjson' | 'xml' | 'zip'

export interface UploadBody {
  readonly stream: Readable
  readonly contentEncoding?: string | undefined
  readonly format: UploadFormat
  readonly context: ReadContext
  readonly signal?: AbortSignal | undefined
  /** Most bytes after inflating gzip or zip; no limit unless told. */
  readonly maxBytes?: number
}

/** Some of an upload's readings, in its order; a large body comes in many batches. */
export interface ReadingBatch {
  /** Undefined as long as none has shown. */
  readonly shape: string | undefined
  readonly readings: readonly Reading[]
}

const readers = { json: readJson, ndjson: readNdjson, xml: readXml, zip: readZip } as const

/**
 * Reads an upload as it streams in. Fails as `malformed` with the code `malformed_body` (broken gzip, zip, XML or JSON)
 * or `unknown_shape`, and as `too-large` with `too_large` beyond `maxBytes`; other errors of the stream pass through.
 */
export async function* readBatches(body: UploadBody): AsyncGenerator<ReadingBatch> {
  const { stream, contentEncoding, format, context, signal, maxBytes = Infinity } = body
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
export interface UploadReading extends Pick<
  UploadOutline,
  'shape' | 'tombstones' | 'rejections' | 'rejected'
> {
  readonly samples: readonly Sample[]
}

/** Reads a whole upload into memory; fails as `readBatches` does. */
export async function readUpload(body: UploadBody): Promise<UploadReading> {
  const outline = createOutline()
  const samples: Sample[] = []
  for await (const batch of readBatches(body)) for (const sample of outline.take(batch)) samples.push(sample)
  const { shape, tombstones, rejections, rejected } = outline
  return { shape, samples, tombstones, rejections, rejected }
}
