import { Firestore } from '@google-cloud/firestore'
import { analysisRecords } from './analysis-records.ts'
import { dayRecords } from './day-records.ts'
import { limited } from './firestore-call.ts'
import { insightRecords } from './insight-records.ts'
import type { RecordStore } from './record-store.ts'
import { uploadRecords } from './upload-records.ts'
import { userRecords } from './user-records.ts'

export interface FirestoreRecordStoreOptions {
  readonly projectId: string
  /** Default `(default)`. */
  readonly databaseId?: string
  /** Limit of one call in milliseconds; default 20000. */
  readonly timeoutMs?: number
}

/** The records in one Firestore database; `FIRESTORE_EMULATOR_HOST` is honoured by Google's client. */
export function createFirestoreRecordStore(options: FirestoreRecordStoreOptions): RecordStore {
  const { projectId, databaseId, timeoutMs = 20_000 } = options
  const firestore = new Firestore({
    projectId,
    ...(databaseId !== undefined && { databaseId }),
    ignoreUndefinedProperties: true,
  })
  const uploads = uploadRecords(firestore, timeoutMs)
  const watches = new Set<() => void>()
  return {
    users: userRecords(firestore, timeoutMs),
    uploads: {
      ...uploads,
      watch: (...watched) => {
        const stop = uploads.watch(...watched)
        watches.add(stop)
        return () => {
          watches.delete(stop)
          stop()
        }
      },
    },
    days: dayRecords(firestore, timeoutMs),
    analyses: analysisRecords(firestore, timeoutMs),
    insights: insightRecords(firestore, timeoutMs),
    check: () => limited(timeoutMs, async () => void (await firestore.doc('system/readiness').get())),
    [Symbol.asyncDispose]: async () => {
      // Google's client refuses to end while it listens.
      for (const stop of watches) stop()
      await firestore.terminate()
    },
  }
}
