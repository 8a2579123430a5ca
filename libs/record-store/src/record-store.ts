import type { Analysis, Insight } from '@clarity/contracts'
import type { AnnouncedUpload, Arrival } from './announced-upload.ts'
import type { Audits, Consents } from './consents.ts'
import type { Days } from './days.ts'
import type { Deletions } from './deletions.ts'
import type { Erasures } from './erasures.ts'
import type { NewUpload, Publication, UploadChange, UploadFailure, UploadRecord } from './upload-record.ts'

/** A person's own settings, `users/{uid}`. */
export interface UserSettings {
  readonly display_name?: string
  /** IANA zone. */
  readonly timezone?: string
  readonly current_analysis_id?: string
  readonly created_at?: string
}

export interface UploadIdentity {
  readonly uploadId: string
  readonly deletions: number
  readonly user: UserSettings | null
}

export interface CreateUpload {
  readonly userId: string
  /** Hex sha256 of the decoded body. */
  readonly bodySha256: string
  /** The client's own key; lives 30 days from `receivedAt`. */
  readonly idempotencyKey?: string
  readonly receivedAt: string
  readonly build: (identity: UploadIdentity) => NewUpload
}

export interface Uploads {
  /**
   * Creates the record of these bytes unless it exists, in one transaction.
   * `conflict` with code `idempotency-key-reused` where the key came with other bytes before; then nothing is written.
   */
  createOnce(upload: CreateUpload): Promise<{ upload: UploadRecord; created: boolean }>
  /** Creates the record of an upload whose bytes are still to come; without a zone of its own it takes the user's. */
  announce(upload: AnnouncedUpload): Promise<UploadRecord>
  /**
   * Notes what has come of an announced upload, in one transaction: it is stored, or, where another upload of this
   * person that has not failed brought the same bytes, completed as its duplicate. Bytes that came before change
   * nothing; `null` where there is no such upload.
   */
  arrive(userId: string, uploadId: string, arrival: Arrival): Promise<UploadRecord | null>
  /**
   * Marks an announced upload failed as `session_expired` where its session has ended by then and no bytes have come;
   * any other is answered unchanged. Bytes that come all the same are taken up as after any failure.
   */
  endSession(userId: string, uploadId: string, at: string): Promise<UploadRecord | null>
  get(userId: string, uploadId: string): Promise<UploadRecord | null>
  /** Newest first, from after the cursor. */
  list(userId: string, page: Page): Promise<PageOf<UploadRecord>>
  /** Notes that the stored bytes were announced; answers whether there is such an upload. */
  markPublished(userId: string, uploadId: string, publication: Publication): Promise<boolean>
  /**
   * Takes the upload up for reading, also where it failed (a replayed message). `null` where there is no such upload,
   * the unchanged record where it is completed.
   */
  begin(userId: string, uploadId: string, publication: Publication): Promise<UploadRecord | null>
  /** Moves the upload forward; `null` where there is no such upload, the unchanged record where it is done already. */
  advance(userId: string, uploadId: string, change: UploadChange): Promise<UploadRecord | null>
  /** Marks the upload failed unless it completed; `null` where there is no such upload. */
  fail(userId: string, uploadId: string, failure: UploadFailure): Promise<UploadRecord | null>
  /**
   * Leaves `failed`: from the `start` (a repeated upload: everything is done and announced again) or from the `stage`
   * that failed (a replayed message). An upload that has not failed is answered unchanged; `null` where there is none.
   */
  resume(userId: string, uploadId: string, from: 'start' | 'stage'): Promise<UploadRecord | null>
  /**
   * Puts a stored upload back to where it waits to be read, whatever became of it, with the zone of the user's
   * present settings where it brought none of its own. `null` where there is none; `conflict` where its bytes are not
   * stored yet, or another upload stands for them.
   */
  reprocess(userId: string, uploadId: string, at: string): Promise<UploadRecord | null>
  /** The uploads that were completed as duplicates of this one, whether it still stands or not. */
  duplicatesOf(userId: string, uploadId: string): Promise<string[]>
  /** Whose upload that is; `null` where there is none. */
  ownerOf(uploadId: string): Promise<string | null>
  /** Calls back with the record now and after each change, `null` once it is gone; answers how to stop. */
  watch(userId: string, uploadId: string, listener: UploadListener): () => void
}

export interface UploadListener {
  readonly onChange: (upload: UploadRecord | null) => void
  /** Called once, when the store ends the watch. */
  readonly onError: (error: unknown) => void
}

/** An analysis as far as weeks are compared by their embeddings. */
export interface EmbeddedWeek extends Pick<Analysis, 'window' | 'created_at' | 'upload_ids'> {
  readonly pat: Pick<Analysis['pat'], 'embedding' | 'standardisation'> & {
    readonly model: Pick<Analysis['pat']['model'], 'sha256'>
  }
}

export interface Analyses {
  /** Writes the analysis unless its id exists; answers the one that stands. */
  createOnce(analysis: Analysis): Promise<{ analysis: Analysis; created: boolean }>
  get(userId: string, analysisId: string): Promise<Analysis | null>
  /** Newest first, from after the cursor. */
  list(userId: string, page: Page): Promise<PageOf<Analysis>>
  /** What is compared of the analyses (fifty at most) of the newest window that ends before that civil date. */
  lastWeekBefore(userId: string, date: string): Promise<EmbeddedWeek[]>
  /**
   * Notes that `ml-predictions` was published, with which the upload is predicted; `uploadId` null where a deletion
   * caused the analysis.
   */
  markPublished(userId: string, announcement: Announcement & { readonly at: string }): Promise<void>
}

export interface Announcement {
  readonly analysisId: string
  readonly uploadId: string | null
}

/** A place in a list ordered by time, newest first: the time and id of the last thing seen. */
export interface Cursor {
  readonly at: string
  readonly id: string
}

export interface Page {
  /** 1..1000. */
  readonly limit: number
  readonly cursor?: Cursor
}

export interface PageOf<T> {
  readonly data: T[]
  readonly next: Cursor | null
}

/** The name of an insight that is not made yet. */
export interface PendingInsight {
  readonly insight_id: string
  readonly analysis_id: string
}

export type InsightState =
  | { readonly status: 'pending'; readonly insight_id: string; readonly analysis_id: string }
  | { readonly status: 'ready'; readonly insight: Insight }

export interface ClaimInsight extends PendingInsight {
  /** Who makes it: the same holder's claim is renewed. */
  readonly holder: string
  readonly at: string
  /** How long the claim holds the user's other insights back, if its holder dies. */
  readonly leaseSeconds: number
}

export interface Insights {
  /**
   * Takes the right to make this insight, one a user at a time, and makes it known as pending; or renews it.
   * `ready` where it is made already; `busy` where another holder makes an insight of this user.
   */
  claim(
    userId: string,
    claim: ClaimInsight,
  ): Promise<{ state: 'claimed' } | { state: 'ready'; insight: Insight } | { state: 'busy'; until: string }>
  /** Gives a claim, or the wait for one, up without an insight: unless another holder makes it, it is pending no more. */
  release(userId: string, claim: Pick<ClaimInsight, 'insight_id' | 'holder'>): Promise<void>
  /** Writes the insight unless its id is made already, and ends the claim; answers the one that stands. */
  createOnce(userId: string, insight: Insight): Promise<{ insight: Insight; created: boolean }>
  get(userId: string, insightId: string): Promise<InsightState | null>
  /** Notes that `user-insights` was published for this insight; nothing where there is no such insight. */
  markPublished(userId: string, insightId: string, at: string): Promise<void>
  /** When `user-insights` was published for this insight, null where it was not. */
  publishedAt(userId: string, insightId: string): Promise<string | null>
  /** Newest first, from after the cursor; pending ones are left out. */
  history(userId: string, page: Page): Promise<PageOf<Insight>>
}

export interface Users {
  get(userId: string): Promise<UserSettings | null>
  /** Sets the fields given and keeps the others. */
  put(userId: string, settings: UserSettings): Promise<UserSettings>
}

/**
 * Everything that is known about a person except the raw bytes. A contended or late answer fails as `unavailable`;
 * a user id that cannot name a document fails as `invalid`.
 */
export interface RecordStore extends AsyncDisposable {
  readonly users: Users
  readonly uploads: Uploads
  readonly days: Days
  readonly analyses: Analyses
  readonly insights: Insights
  readonly deletions: Deletions
  readonly erasures: Erasures
  readonly consents: Consents
  readonly audits: Audits
  /** Resolves when the database answers, for readiness. */
  check(): Promise<void>
}
