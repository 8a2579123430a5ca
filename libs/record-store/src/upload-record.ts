/** Where an upload stands. It moves only forward; `failed` is left by a replay, a reprocess or a repeated upload alone. */
export type UploadStatus = 'received' | 'processing' | 'completed' | 'failed'

/** The steps of an upload in their order. */
export const stageNames = [
  'received',
  'stored',
  'parsed',
  'merged',
  'analysed',
  'predicted',
  'narrated',
] as const
export type StageName = (typeof stageNames)[number]

export interface Stage {
  readonly name: StageName
  /** `skipped` where the upload completed without needing this step. */
  readonly status: 'pending' | 'running' | 'completed' | 'failed' | 'skipped'
  readonly started_at: string | null
  readonly completed_at: string | null
}

export interface SampleCounts {
  readonly accepted: number
  readonly duplicate: number
  readonly implausible: number
  readonly deleted: number
  readonly unknown: number
  readonly rejected: number
  readonly by_type: Readonly<Record<string, number>>
}

export interface Rejection {
  readonly path: string
  readonly type: string | null
  readonly reason: string
}

/** What is known of an upload when it arrives; the store adds identity and progress. */
export interface NewUpload {
  /** Path of the raw object inside the bucket, fixed here for good. */
  readonly object_path: string
  readonly format: 'json' | 'ndjson' | 'xml' | 'zip'
  readonly content_type: string
  readonly content_encoding: 'gzip' | null
  /** Bytes as received, and after decoding. */
  readonly bytes: number
  readonly decoded_bytes: number
  /** IANA zone settled at receipt, null where neither the upload nor the user names one. */
  readonly timezone: string | null
  readonly warnings: readonly string[]
  readonly received_at: string
  readonly trace_id: string | null
}

/** One upload of one person, as stored under `users/{uid}/uploads/{upload_id}`. All times are RFC 3339 in UTC. */
export interface UploadRecord extends NewUpload {
  readonly upload_id: string
  readonly user_id: string
  /** Hex sha256 of the decoded body. */
  readonly body_sha256: string
  /** How often the user had deleted these bytes before. */
  readonly deletions: number
  /** Cloud Storage generation of the raw object, once it is stored. */
  readonly generation: string | null
  readonly published_at: string | null
  readonly status: UploadStatus
  /** The furthest stage that is completed. */
  readonly stage: StageName
  readonly stages: readonly Stage[]
  readonly shape: string | null
  readonly samples: SampleCounts
  readonly rejections: readonly Rejection[]
  readonly analysis_id: string | null
  readonly insight_id: string | null
  /** The current analysis that took the place of this upload's own. */
  readonly superseded_by: string | null
  readonly error: { readonly code: string; readonly title: string } | null
}

/**
 * One step forward. `stage` names a step that is completed at `at` (steps before it that are open are completed too);
 * a stage that is passed already, and a status that would go back, change nothing.
 */
export interface UploadChange {
  readonly at: string
  readonly stage?: StageName
  readonly status?: 'processing' | 'completed'
  readonly generation?: string
  readonly shape?: string
  readonly samples?: SampleCounts
  /** The first 100. */
  readonly rejections?: readonly Rejection[]
  readonly analysis_id?: string
  readonly insight_id?: string
  readonly superseded_by?: string
}
