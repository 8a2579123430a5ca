export { type AnnouncedUpload, type Arrival, type ShardRange } from './announced-upload.ts'
export { type Deletion, type Deletions, type UploadReach } from './deletions.ts'
export { type ErasureCounts, type Erasures, type StoredBytes } from './erasures.ts'
export type { Audits, Consents, RoleChange } from './consents.ts'
export { type FirestoreRecordStoreOptions, createFirestoreRecordStore } from './firestore-record-store.ts'
export {
  type CurrentAnalysis,
  type DayOutline,
  type DayRecord,
  type Days,
  type Merge,
  type MergeReader,
  type MergeResult,
  type MergeState,
  type SampleShard,
  type ShardReach,
  type WantedSamples,
} from './days.ts'
export {
  type Analyses,
  type Announcement,
  type ClaimInsight,
  type CreateUpload,
  type Cursor,
  type EmbeddedWeek,
  type InsightState,
  type Insights,
  type Page,
  type PageOf,
  type PendingInsight,
  type RecordStore,
  type UploadIdentity,
  type UploadListener,
  type Uploads,
  type UserSettings,
  type Users,
} from './record-store.ts'
export { uploadId } from './upload-id.ts'
export { type NewUpload, type UploadChange, type UploadFailure, type UploadRecord } from './upload-record.ts'
export { hasEndedSession } from './upload-session.ts'
