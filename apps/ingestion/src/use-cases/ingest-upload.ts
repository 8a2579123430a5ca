import type { Readable } from 'node:stream'
import { type ContainerFormat, TOPICS, messageAttributes } from '@clarity/contracts'
import type { EventBus } from '@clarity/event-bus'
import { uploadDeleted } from '@clarity/failure'
import type { RawStore } from '@clarity/raw-store'
import type { NewUpload, RecordStore, UploadIdentity, UploadRecord } from '@clarity/record-store'
import { currentTraceId, setContext } from '@clarity/telemetry'
import { lateBytesDiscarded, uploadAnnounced, uploadRepeated } from '../events.ts'
import { uploadDeletedMessage } from './upload-deleted.ts'
import { uploadReceived } from './upload-received.ts'
import type { UploadHeaders } from './read-upload-headers.ts'
import { type ReceivedBody, receiveBody } from './receive-body.ts'

export interface IngestUploadParts {
  readonly records: RecordStore
  readonly rawStore: RawStore
  readonly bus: EventBus
  readonly now: () => Date
}

export interface IncomingUpload {
  readonly userId: string
  readonly headers: UploadHeaders
  readonly body: Readable
  readonly signal: AbortSignal
}

export interface IngestedUpload {
  readonly upload: UploadRecord
  readonly format: ContainerFormat
  /** These bytes of this user were known already. */
  readonly duplicate: boolean
  /** They were announced to analysis now. */
  readonly announced: boolean
}

/** Receives an upload: record, store once, announce, note that it was announced. Every step can be repeated. */
export function ingestUpload({ records, rawStore, bus, now }: IngestUploadParts) {
  return async ({ userId, headers, body, signal }: IncomingUpload): Promise<IngestedUpload> => {
    const receivedAt = now().toISOString()
    const received = await receiveBody({ body, signal, ...headers })
    const { upload: known, created } = await records.uploads.createOnce({
      userId,
      bodySha256: received.sha256,
      receivedAt,
      ...(headers.idempotencyKey !== undefined && { idempotencyKey: headers.idempotencyKey }),
      build: (identity) => newUpload(identity, { userId, headers, received, receivedAt }),
    })
    const uploadId = known.upload_id
    setContext({ upload_id: uploadId })
    const format = known.format ?? received.format
    const fact = { uploadId, format: received.format, bytes: received.bytes.length, duplicate: !created }
    if (known.published_at !== null && known.status !== 'failed') {
      uploadRepeated(fact)
      return { upload: known, format, duplicate: true, announced: false }
    }
    const restarted = known.status === 'failed' && (await records.uploads.resume(userId, uploadId, 'start'))
    const upload = restarted || known
    const { generation } = await rawStore.putOnce(
      {
        path: upload.object_path,
        bytes: received.bytes,
        contentType: headers.contentType,
        ...(headers.contentEncoding && { contentEncoding: headers.contentEncoding }),
        format: received.format,
        sha256: received.sha256,
      },
      signal,
    )
    const object = rawStore.objectUri(upload.object_path)
    await bus.publish({
      topic: TOPICS.healthDataProcessing,
      data: uploadReceived(upload, { object, generation, format }),
      attributes: messageAttributes('upload.received', uploadId),
      orderingKey: userId,
    })
    const publication = { at: now().toISOString(), generation }
    if (!(await records.uploads.markPublished(userId, uploadId, publication))) {
      await bus.publish(uploadDeletedMessage({ userId, uploadId, object, generation }))
      lateBytesDiscarded(uploadId)
      throw uploadDeleted()
    }
    uploadAnnounced(fact)
    return { upload, format, duplicate: !created, announced: true }
  }
}

interface NewUploadFacts {
  readonly userId: string
  readonly headers: UploadHeaders
  readonly received: ReceivedBody
  readonly receivedAt: string
}

function newUpload({ uploadId, user }: UploadIdentity, facts: NewUploadFacts): NewUpload {
  const { userId, headers, received, receivedAt } = facts
  const [year, month, day] = receivedAt.slice(0, 10).split('-')
  return {
    object_path: `raw/${encodeURIComponent(userId)}/${year}/${month}/${day}/${uploadId}`,
    format: received.format,
    content_type: headers.contentType,
    content_encoding: headers.contentEncoding,
    bytes: received.bytes.length,
    decoded_bytes: received.decodedBytes,
    ...settledZone(headers, user),
    warnings: [...headers.warnings],
    received_at: receivedAt,
    trace_id: currentTraceId(),
  }
}

function settledZone(
  headers: UploadHeaders,
  user: UploadIdentity['user'],
): Pick<NewUpload, 'timezone' | 'timezone_source'> {
  if (headers.timezone !== undefined) return { timezone: headers.timezone, timezone_source: 'upload' }
  if (user?.timezone !== undefined) return { timezone: user.timezone, timezone_source: 'user' }
  return { timezone: null }
}
