import type { NewUpload } from './upload-record.ts'

/** An upload whose bytes are still to come; `bytes` counts those announced. */
export interface AnnouncedUpload extends Pick<
  NewUpload,
  | 'object_path'
  | 'content_type'
  | 'content_encoding'
  | 'bytes'
  | 'timezone'
  | 'warnings'
  | 'received_at'
  | 'trace_id'
> {
  readonly user_id: string
  /** Random: nothing is known of the content yet. */
  readonly upload_id: string
}

/** What is known of an upload once its bytes have come and were looked at. */
export interface Arrival extends Pick<NewUpload, 'content_encoding' | 'bytes' | 'decoded_bytes'> {
  readonly at: string
  readonly generation: string
  /** Hex sha256 of the decoded body. */
  readonly body_sha256: string
  readonly format: NonNullable<NewUpload['format']>
}

/** A stretch of UTC dates (both included), of which the first `limit` that hold samples are read. */
export interface ShardRange {
  readonly from: string
  readonly to: string
  /** Only dates that hold a sample of this type. */
  readonly type?: string
  readonly limit: number
}
