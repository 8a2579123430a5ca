import type { Firestore } from '@google-cloud/firestore'
import type { ErasureMarks } from './erasure-marks.ts'
import { limited } from './firestore-call.ts'
import type { UserSettings, Users } from './record-store.ts'
import { userDocuments } from './user-documents.ts'

/** Settings of people in Firestore. */
export function userRecords(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Users {
  return {
    get: (userId) =>
      limited(timeoutMs, async () => {
        const snapshot = await userDocuments(firestore, userId).user.get()
        return (snapshot.data() ?? null) as UserSettings | null
      }),
    put: (userId, settings) =>
      limited(timeoutMs, async () => {
        const document = userDocuments(firestore, userId).user
        return firestore.runTransaction(async (tx) => {
          await marks.refuseErased(tx, userId)
          const present = (await tx.get(document)).data() as UserSettings | undefined
          tx.set(document, settings, { merge: true })
          return { ...present, ...settings }
        })
      }),
  }
}
