import type { DatabaseSync } from 'node:sqlite'
import type { BlobStore } from './blob-store.ts'
import type { Notifications } from './notifications.ts'
import type { StorageStore } from './store.ts'
import type { UploadSessions } from './upload-sessions.ts'

/** What the operations of Cloud Storage work on. */
export interface StorageParts {
  readonly database: DatabaseSync
  readonly store: StorageStore
  readonly blobs: BlobStore
  readonly sessions: UploadSessions
  readonly notifications: Notifications
}
