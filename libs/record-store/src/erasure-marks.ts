import { createHmac } from 'node:crypto'
import { accountErased } from '@clarity/failure'
import type { DocumentReference, Firestore, Transaction } from '@google-cloud/firestore'

/** The marks of people who are erased, each under the HMAC of its user id: they outlive everything that names a person. */
export interface ErasureMarks {
  /** HMAC-SHA256 of the id, in hex; its first 16 digits are the pseudonym of the logs. */
  subjectHash(userId: string): string
  mark(userId: string): DocumentReference
  /** For every transaction that writes something of a person: fails as `account-erased` where the mark stands. */
  refuseErased(tx: Transaction, userId: string): Promise<void>
}

/** Marks under this key, which every service must share. */
export function createErasureMarks(firestore: Firestore, userHashKey: string): ErasureMarks {
  const subjectHash = (userId: string): string =>
    createHmac('sha256', userHashKey).update(userId).digest('hex')
  const mark = (userId: string) => firestore.collection('erasures').doc(subjectHash(userId))
  return {
    subjectHash,
    mark,
    async refuseErased(tx, userId) {
      if ((await tx.get(mark(userId))).exists) throw accountErased()
    },
  }
}
