import { Firestore } from '@google-cloud/firestore'
import { analysisRecords } from './analysis-records.ts'
import { audits, consentRecords } from './consent-records.ts'
import { dayRecords } from './day-records.ts'
import { deletionRecords } from './deletion-records.ts'
import { createErasureMarks } from './erasure-marks.ts'
import { erasureRecords } from './erasure-records.ts'
import { limited } from './firestore-call.ts'
import { insightRecords } from './insight-records.ts'
import type { RecordStore } from './record-store.ts'
import { uploadRecords } from './upload-records.ts'
import { userRecords } from './user-records.ts'

export interface FirestoreRecordStoreOptions {
  readonly projectId: string
  /** Key of the HMAC under which erased people are marked: the same in every service. */
  readonly userHashKey: string
  /** Default `(default)`. */
  readonly databaseId?: string
  /** Limit of one call in milliseconds; default 20000. */
  readonly timeoutMs?: number
}

/** The records in one Firestore database; `FIRESTORE_EMULATOR_HOST` is honoured by Google's client. */
export function createFirestoreRecordStore(options: FirestoreRecordStoreOptions): RecordStore {
  const { projectId, userHashKey, databaseId, timeoutMs = 20_000 } = options
  const firestore = new Firestore({
    projectId,
    ...(databaseId !== undefined && { databaseId }),
    ignoreUndefinedProperties: true,
  })
  const marks = createErasureMarks(firestore, userHashKey)
  const uploads = uploadRecords(firestore, timeoutMs, marks)
  const watches = new Set<() => void>()
  return {
    users: userRecords(firestore, timeoutMs, marks),
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
    days: dayRecords(firestore, timeoutMs, marks),
    analyses: analysisRecords(firestore, timeoutMs, marks),
    insights: insightRecords(firestore, timeoutMs, marks),
    deletions: deletionRecords(firestore, timeoutMs, marks),
    erasures: erasureRecords(firestore, timeoutMs, marks),
    consents: consentRecords(firestore, timeoutMs, marks),
    audits: audits(firestore, timeoutMs, marks),
    check: () => limited(timeoutMs, async () => void (await firestore.doc('system/readiness').get())),
    [Symbol.asyncDispose]: async () => {
      // Google's client refuses to end while it listens.
      for (const stop of watches) stop()
      await firestore.terminate()
    },
  }
}
