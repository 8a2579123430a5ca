import type { RawStore } from './raw-store.ts'

export interface GcsRawStoreOptions {
  readonly bucket: string
  readonly projectId: string
  /** Limit of one call in milliseconds; default 20000. */
  readonly timeoutMs?: number
}

/** Raw uploads in one Cloud Storage bucket; `STORAGE_EMULATOR_HOST` is honoured by Google's client. */
export declare function createGcsRawStore(options: GcsRawStoreOptions): RawStore
