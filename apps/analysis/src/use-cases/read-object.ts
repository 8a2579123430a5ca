import type { UploadReceived } from '@clarity/contracts'
import { isFailure, malformed, notFound } from '@clarity/failure'
import { type RawStore, parseObjectUri } from '@clarity/raw-store'
import type { UploadRecord } from '@clarity/record-store'
import { type ReadingBatch, readBatches } from '../reading/read-upload.ts'

/** The zone that was settled for an upload, and who named it. */
type SettledZone = Pick<UploadRecord, 'timezone' | 'timezone_source'>

export type ReadObject = (
  upload: UploadReceived,
  zone: SettledZone,
  signal: AbortSignal,
) => Promise<AsyncIterable<ReadingBatch>>

/** What an upload may inflate to, by the way on which it came. */
const DIRECT_UPLOAD_BYTES = 256 * 1024 * 1024
const RESUMABLE_UPLOAD_BYTES = 10 * 1024 * 1024 * 1024

/** The path of an object in the bucket of raw uploads; `malformed` for one anywhere else. */
export function ownPath(raw: RawStore, object: string): string {
  const { path } = parseObjectUri(object)
  if (raw.objectUri(path) === object) return path
  throw malformed({ code: 'foreign_object', detail: 'The object lies outside the bucket of raw uploads.' })
}

function zoneContext({ timezone, timezone_source }: SettledZone) {
  if (timezone === null) return {}
  return timezone_source === 'user' ? { userTimezone: timezone } : { uploadTimezone: timezone }
}

/** Opens exactly the generation that the message names and reads its samples. */
export function createReadObject(raw: RawStore): ReadObject {
  return async (upload, zone, signal) => {
    const path = ownPath(raw, upload.object)
    const ref = { path, generation: upload.generation }
    const object = await raw.open(ref, signal).catch((error: unknown) => {
      if (!isFailure(error, 'not-found')) throw error
      throw notFound({ code: 'object_gone', detail: 'The stored bytes of this upload are gone.' }, error)
    })
    return readBatches({
      stream: object.stream,
      contentEncoding: object.contentEncoding,
      format: upload.format,
      context: {
        uploadId: upload.upload_id,
        receivedAt: Date.parse(upload.received_at),
        ...zoneContext(zone),
      },
      signal,
      maxBytes: path.startsWith('incoming/') ? RESUMABLE_UPLOAD_BYTES : DIRECT_UPLOAD_BYTES,
    })
  }
}
