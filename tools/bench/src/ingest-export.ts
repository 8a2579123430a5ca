import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGzip } from 'node:zlib'
import { TOPICS, messageAttributes } from '@clarity/contracts'
import { createPubSubEventBus } from '@clarity/event-bus'
import { createGcsRawStore } from '@clarity/raw-store'
import { createFirestoreRecordStore } from '@clarity/record-store'
import { PROJECT_ID, RAW_BUCKET, type SystemOptions, startSystem } from '@clarity/testkit'
import type { BenchRow } from './bench-row.ts'
import { useCloud } from './config.ts'
import { exportXml } from './export-xml.ts'
import { peakMb } from './process-usage.ts'
import { reached } from './watch-upload.ts'

const EXPORT_BYTES = 1_000_000_000
const UNTIL = Date.parse('2026-01-05T00:00:00Z')
const RECEIVED_AT = '2026-01-06T00:00:00.000Z'
const GOAL_MB = 256

/**
 * An `export.xml` of about a gigabyte, five years of it, as a resumable upload leaves it: the memory of the analysis
 * process, started for it alone as the options say, at its largest until all days are written.
 */
export async function largeExport(options: SystemOptions, exportBytes = EXPORT_BYTES): Promise<BenchRow> {
  await using system = await startSystem(options)
  useCloud(system.cloud.environment)
  await using records = createFirestoreRecordStore({ projectId: PROJECT_ID, userHashKey: 'bench'.repeat(8) })
  await using bus = createPubSubEventBus({ projectId: PROJECT_ID })
  const raw = createGcsRawStore({ projectId: PROJECT_ID, bucket: RAW_BUCKET, timeoutMs: 120_000 })
  const userId = `bench-${randomUUID()}`
  const { bytes, decodedBytes } = await gzipExport(exportBytes)
  const stored = { contentType: 'application/xml', format: 'xml', timezone: 'Europe/Berlin' } as const
  const { upload } = await records.uploads.createOnce({
    userId,
    bodySha256: 'bench',
    receivedAt: RECEIVED_AT,
    build: ({ uploadId }) => ({
      object_path: `incoming/${userId}/${uploadId}`,
      format: stored.format,
      content_type: stored.contentType,
      content_encoding: 'gzip',
      bytes: bytes.length,
      decoded_bytes: decodedBytes,
      timezone: stored.timezone,
      warnings: [],
      received_at: RECEIVED_AT,
      trace_id: null,
    }),
  })
  const { upload_id: uploadId, object_path: path } = upload
  const { contentType, format, timezone } = stored
  const object = { path, bytes, contentType, contentEncoding: 'gzip', format, sha256: 'bench' } as const
  const { generation } = await raw.putOnce(object)
  const started = performance.now()
  await bus.publish({
    topic: TOPICS.healthDataProcessing,
    data: {
      schema_version: 1,
      upload_id: uploadId,
      user_id: userId,
      object: raw.objectUri(path),
      generation,
      format,
      timezone,
      received_at: RECEIVED_AT,
    },
    attributes: messageAttributes('upload.received', uploadId),
    orderingKey: userId,
  })
  const { samples } = await reached(records.uploads, { userId, uploadId, stage: 'merged' })
  const peak = peakMb(system.services.analysis.pid)
  const seconds = (performance.now() - started) / 1000
  return rowOf({ decodedBytes, seconds, accepted: samples?.accepted ?? 0, peak })
}

async function gzipExport(about: number): Promise<{ bytes: Buffer; decodedBytes: number }> {
  const gzip = createGzip({ level: 1 })
  const bytes = await buffer(Readable.from(exportXml(about, UNTIL), { objectMode: true }).pipe(gzip))
  return { bytes, decodedBytes: gzip.bytesWritten }
}

interface Measured {
  readonly decodedBytes: number
  readonly seconds: number
  readonly accepted: number
  readonly peak: number
}

function rowOf({ decodedBytes, seconds, accepted, peak }: Measured): BenchRow {
  return {
    bench: 'ingest',
    name: `export.xml of ${Math.round(decodedBytes / 1e6)} MB, to the written days, in the image`,
    runs: 1,
    median_ms: seconds * 1000,
    per_second: accepted / seconds,
    peak_mb: peak,
    goal: `≤ ${GOAL_MB} MiB`,
    met: peak <= GOAL_MB,
  }
}
