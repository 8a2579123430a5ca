import { advanced, receivedProgress } from './upload-progress.ts'
import type { NewUpload, UploadRecord } from './upload-record.ts'

/** Everything that is known of an upload before anything was done with it. */
export type UnreadUpload = NewUpload &
  Pick<UploadRecord, 'upload_id' | 'user_id' | 'body_sha256' | 'deletions'>

/** The record with which an upload begins. */
export function newRecord(upload: UnreadUpload): UploadRecord {
  return {
    ...upload,
    ...receivedProgress(upload.received_at),
    processing_id: upload.upload_id,
    generation: null,
    published_at: null,
    announced: {},
    shape: null,
    samples: null,
    rejections: [],
    analysis_id: null,
    insight_id: null,
    superseded_by: null,
    error: null,
  }
}

/** The stored record, null where there is none. */
export function readUpload(snapshot: FirebaseFirestore.DocumentSnapshot): UploadRecord | null {
  const upload = snapshot.data() as UploadRecord | undefined
  return upload === undefined ? null : storedOncePublished(upload)
}

/** What is published is stored: the note of the one, which is written blindly, tells the other. */
export function storedOncePublished(upload: UploadRecord): UploadRecord {
  const { published_at: at, stage } = upload
  return at !== null && stage === 'received' ? advanced(upload, { at, stage: 'stored' }) : upload
}
