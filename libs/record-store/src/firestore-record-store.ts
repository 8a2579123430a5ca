import type { RecordStore } from './record-store.ts'

export interface FirestoreRecordStoreOptions {
  readonly projectId: string
  /** Default `(default)`. */
  readonly databaseId?: string
  /** Limit of one call in milliseconds; default 20000. */
  readonly timeoutMs?: number
}

/** The records in one Firestore database; `FIRESTORE_EMULATOR_HOST` is honoured by Google's client. */
export declare function createFirestoreRecordStore(options: FirestoreRecordStoreOptions): RecordStore
