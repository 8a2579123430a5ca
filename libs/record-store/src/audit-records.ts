import type { CollectionReference, Firestore } from '@google-cloud/firestore'

/** What stays to be shown of an act: who it was about as an HMAC, never an id, a mail or a value. */
export interface AuditRecord {
  /** E.g. `upload.deleted`, `user.erased`. */
  readonly action: string
  readonly subject_hash: string
  readonly at: string
  readonly upload_id?: string
  /** Whoever may read, or may no longer. */
  readonly clinician_hash?: string
  /** Whoever acted, where it was not the person whom it was about. */
  readonly actor_hash?: string
  readonly role?: string
  readonly counts?: Readonly<Record<string, number>>
}

/** The audit records of everybody. */
export function auditRecords(firestore: Firestore): CollectionReference {
  return firestore.collection('audit')
}
