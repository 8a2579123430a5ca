import type {
  UploadRecord as PublishedRecord,
  Rejection,
  SampleCounts,
  UploadStage,
} from '@clarity/contracts'

/**
 * One upload of one person, as stored under `users/{uid}/uploads/{upload_id}`; times are RFC 3339 in UTC.
 * `bytes` counts the bytes as received, `timezone` is null where neither the upload nor the user names one.
 */
export interface UploadRecord extends PublishedRecord {
  /** How often the user had deleted these bytes before. */
  readonly deletions: number
  /** Bytes after decoding; null until they have come. */
  readonly decoded_bytes: number | null
  readonly warnings: string[]
  /** Who said the zone: the upload itself, or the user's settings at receipt; absent where nobody did. */
  readonly timezone_source?: 'upload' | 'user'
  /** When `ml-predictions` was published for this upload, by analysis id. */
  readonly announced: Record<string, string>
}

/** What is known of an upload when it arrives; the store adds identity and progress. */
export type NewUpload = Pick<
  UploadRecord,
  | 'object_path'
  | 'format'
  | 'content_type'
  | 'content_encoding'
  | 'bytes'
  | 'decoded_bytes'
  | 'timezone'
  | 'timezone_source'
  | 'warnings'
  | 'received_at'
  | 'trace_id'
>

/** That the stored bytes of an upload were announced. */
export interface Publication {
  readonly at: string
  /** Of the object. */
  readonly generation: string
}

/**
 * One step forward. `stage` names a step that is completed at `at` (steps before it that are open are completed too);
 * a stage that is passed already, and a status that would go back, change nothing.
 */
export interface UploadChange {
  readonly at: string
  readonly stage?: UploadStage
  readonly status?: 'processing' | 'completed'
  readonly generation?: string
  readonly shape?: string
  readonly samples?: SampleCounts
  /** The first 100 are kept. */
  readonly rejections?: readonly Rejection[]
  readonly analysis_id?: string
  readonly insight_id?: string
  readonly superseded_by?: string
}

export interface UploadFailure {
  readonly at: string
  readonly error: { readonly code: string; readonly title: string }
  readonly shape?: string
}
