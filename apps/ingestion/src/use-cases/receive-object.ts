import { MAX_RESUMABLE_BYTES, type ObjectFinalized, TOPICS, messageAttributes } from '@clarity/contracts'
import type { EventBus } from '@clarity/event-bus'
import { type Failure, malformed } from '@clarity/failure'
import type { RawStore } from '@clarity/raw-store'
import type { RecordStore, UploadRecord } from '@clarity/record-store'
import { setContext } from '@clarity/telemetry'
import { lateBytesDiscarded, uploadAnnounced, uploadRepeated } from '../events.ts'
import { type IncomingOwner, ownerOf } from './incoming-path.ts'
import { overLimit } from './inspect-body.ts'
import { inspectObject } from './inspect-object.ts'
import { uploadDeletedMessage } from './upload-deleted.ts'
import { uploadReceived } from './upload-received.ts'

export interface ReceiveObjectParts {
  readonly records: RecordStore
  readonly rawStore: RawStore
  readonly bus: EventBus
  readonly now: () => Date
}

export type ReceiveObject = (object: ObjectFinalized, signal: AbortSignal) => Promise<void>

/**
 * Takes up an upload whose object is complete: look at it once, note what came, announce it to analysis, note that.
 * Every step can be repeated. Bytes that are known complete the upload as a duplicate; an object that belongs to no
 * upload (any more) is announced as deleted, so that it does not stay.
 */
export function receiveObject(parts: ReceiveObjectParts): ReceiveObject {
  const { records, rawStore, bus, now } = parts
  return async (object, signal) => {
    const owner = ownerOf(object.name)
    if (owner === undefined) throw foreignObject()
    const { userId, uploadId } = owner
    setContext({ upload_id: uploadId, user_id: userId })
    const awaited = await awaitedUpload(records, owner)
    if (awaited === 'done') return
    const upload = awaited && (await arrivedUpload(parts, { upload: awaited, object, signal }))
    if (!upload) return discard(parts, owner, object)
    const { format, bytes, duplicate_of } = upload
    if (format === null) throw new Error('an upload has come without a container')
    const fact = { uploadId, format, bytes, duplicate: duplicate_of !== undefined }
    if (fact.duplicate) return uploadRepeated(fact)
    const stored = { object: rawStore.objectUri(object.name), generation: object.generation, format }
    await bus.publish({
      topic: TOPICS.healthDataProcessing,
      data: uploadReceived(upload, stored),
      attributes: messageAttributes('upload.received', uploadId),
      orderingKey: userId,
    })
    const publication = { at: now().toISOString(), generation: object.generation }
    await records.uploads.markPublished(userId, uploadId, publication)
    uploadAnnounced(fact)
  }
}

/** The record that waits for bytes, or for being announced; `done` where neither, null where there is none. */
async function awaitedUpload(
  { uploads }: RecordStore,
  { userId, uploadId }: IncomingOwner,
): Promise<UploadRecord | 'done' | null> {
  const upload = await uploads.get(userId, uploadId)
  if (upload === null) return null
  if (upload.published_at !== null || upload.status === 'completed') return 'done'
  return upload.status === 'failed' ? uploads.resume(userId, uploadId, 'start') : upload
}

interface Arriving {
  readonly upload: UploadRecord
  readonly object: ObjectFinalized
  readonly signal: AbortSignal
}

/** The record with what came of its bytes, which are read only if they were not before; null once it is gone. */
async function arrivedUpload(
  { records, rawStore, now }: ReceiveObjectParts,
  { upload, object, signal }: Arriving,
): Promise<UploadRecord | null> {
  if (upload.body_sha256 !== null) return upload
  if (object.size > MAX_RESUMABLE_BYTES) throw overLimit(MAX_RESUMABLE_BYTES, 'as it is sent')
  const { name: path, generation } = object
  const { stream, contentEncoding } = await rawStore.open({ path, generation }, signal)
  const declaredNdjson = upload.content_type === 'application/x-ndjson'
  const inspected = await inspectObject({ stream, contentEncoding, declaredNdjson, signal })
  return records.uploads.arrive(upload.user_id, upload.upload_id, {
    at: now().toISOString(),
    generation,
    bytes: object.size,
    content_encoding: inspected.contentEncoding,
    decoded_bytes: inspected.decodedBytes,
    body_sha256: inspected.sha256,
    format: inspected.format,
  })
}

async function discard(
  { rawStore, bus }: ReceiveObjectParts,
  { userId, uploadId }: IncomingOwner,
  { name, generation }: ObjectFinalized,
): Promise<void> {
  const object = rawStore.objectUri(name)
  await bus.publish(uploadDeletedMessage({ userId, uploadId, object, generation }))
  lateBytesDiscarded(uploadId)
}

function foreignObject(): Failure {
  return malformed({ code: 'foreign_object', detail: 'The object is that of no upload.' })
}
