import type { ContainerFormat, UploadReceived } from '@clarity/contracts'
import type { UploadRecord } from '@clarity/record-store'

export interface StoredBytes {
  /** `gs://bucket/path`. */
  readonly object: string
  readonly generation: string
  readonly format: ContainerFormat
}

/** The event that says: the bytes of this upload are stored and wait to be analysed. */
export function uploadReceived(upload: UploadRecord, stored: StoredBytes): UploadReceived {
  const { upload_id, user_id, timezone, received_at } = upload
  return { schema_version: 1, upload_id, user_id, ...stored, timezone, received_at }
}
