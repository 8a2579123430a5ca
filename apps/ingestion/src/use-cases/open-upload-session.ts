import { randomUUID } from 'node:crypto'
import { RESUMABLE_SESSION_MS, type ResumableUpload, type ResumableUploadCreated } from '@clarity/contracts'
import type { RawStore } from '@clarity/raw-store'
import type { RecordStore } from '@clarity/record-store'
import { currentTraceContext, currentTraceId, setContext } from '@clarity/telemetry'
import { uploadAwaited } from '../events.ts'
import { incomingPath } from './incoming-path.ts'
import type { UploadHeaders } from './read-upload-headers.ts'

export interface OpenUploadSessionParts {
  readonly records: RecordStore
  readonly rawStore: RawStore
  readonly now: () => Date
}

export interface AnnouncedBytes {
  readonly userId: string
  readonly announced: ResumableUpload
  readonly zone: Pick<UploadHeaders, 'timezone' | 'warnings'>
  readonly signal: AbortSignal
}

/**
 * Opens a session to which a client sends a large upload by itself. Nobody is told of the session before the upload's
 * record stands; a session without one is forgotten by Cloud Storage.
 */
export function openUploadSession({ records, rawStore, now }: OpenUploadSessionParts) {
  return async ({ userId, announced, zone, signal }: AnnouncedBytes): Promise<ResumableUploadCreated> => {
    const { content_type, content_encoding, bytes } = announced
    const receivedAt = now()
    const uploadId = randomUUID()
    setContext({ upload_id: uploadId })
    const path = incomingPath({ userId, uploadId })
    const session_url = await rawStore.openSession(
      {
        path,
        contentType: content_type,
        ...(content_encoding && { contentEncoding: content_encoding }),
        bytes,
        metadata: currentTraceContext(),
      },
      signal,
    )
    await records.uploads.announce({
      user_id: userId,
      upload_id: uploadId,
      object_path: path,
      content_type,
      content_encoding: content_encoding ?? null,
      bytes,
      timezone: zone.timezone ?? null,
      warnings: [...zone.warnings],
      received_at: receivedAt.toISOString(),
      trace_id: currentTraceId(),
    })
    uploadAwaited({ uploadId, bytes })
    const expires = new Date(receivedAt.getTime() + RESUMABLE_SESSION_MS)
    return { upload_id: uploadId, session_url, expires_at: expires.toISOString() }
  }
}
