import { TOPICS, type UploadDeleted, messageAttributes } from '@clarity/contracts'
import type { OutgoingMessage } from '@clarity/event-bus'

export interface DeletedBytes {
  readonly userId: string
  readonly uploadId: string
  /** `gs://bucket/path`. */
  readonly object: string
  /** Null where no generation was known: then whatever stands there goes. */
  readonly generation: string | null
}

/** The message that says: these bytes, and all that came of them, are to go. */
export function uploadDeletedMessage({
  userId,
  uploadId,
  object,
  generation,
}: DeletedBytes): OutgoingMessage {
  const data: UploadDeleted = {
    schema_version: 1,
    upload_id: uploadId,
    user_id: userId,
    object,
    generation,
  }
  return {
    topic: TOPICS.healthDataProcessing,
    data,
    attributes: messageAttributes('upload.deleted', uploadId),
    orderingKey: userId,
  }
}
