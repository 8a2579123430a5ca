import { createHash } from 'node:crypto'
import { invalid } from '@clarity/failure'
import type { CollectionReference, DocumentReference, Firestore } from '@google-cloud/firestore'

/** Where the things of one person lie. */
export interface UserDocuments {
  readonly user: DocumentReference
  readonly uploads: CollectionReference
  upload(uploadId: string): DocumentReference
  uploadKey(idempotencyKey: string): DocumentReference
  deletedUpload(bodySha256: string): DocumentReference
  readonly days: CollectionReference
  /** Outlines of the newest days. */
  readonly newestDays: DocumentReference
  readonly sampleDays: CollectionReference
  readonly tombstones: CollectionReference
  readonly analyses: CollectionReference
  readonly insights: CollectionReference
  lock(name: string): DocumentReference
  deletion(uploadId: string): DocumentReference
  /** Where samples of the upload lie. */
  uploadReach(uploadId: string): DocumentReference
}

/** The documents of this user. Fails as `invalid` for an id that cannot name a document. */
export function userDocuments(firestore: Firestore, userId: string): UserDocuments {
  const user = firestore.collection('users').doc(userDocumentId(userId))
  return {
    user,
    uploads: user.collection('uploads'),
    upload: (uploadId) => user.collection('uploads').doc(uploadId),
    uploadKey: (key) => user.collection('upload-keys').doc(sha256(key)),
    deletedUpload: (bodySha256) => user.collection('deleted-uploads').doc(bodySha256),
    days: user.collection('days'),
    newestDays: user.collection('day-outlines').doc('newest'),
    sampleDays: user.collection('sample-days'),
    tombstones: user.collection('tombstones'),
    analyses: user.collection('analyses'),
    insights: user.collection('insights'),
    lock: (name) => user.collection('locks').doc(name),
    deletion: (uploadId) => user.collection('deletions').doc(uploadId),
    uploadReach: (uploadId) => user.collection('upload-reach').doc(uploadId),
  }
}

/** True for an id that this system can have given to a thing; any other names nothing. */
export function isRecordId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(id)
}

/** A user id is opaque: what a document name cannot hold is percent-encoded, which leaves Firebase's own ids as they are. */
function userDocumentId(userId: string): string {
  const id = encodeURIComponent(userId)
  if (id === '' || id.length > 1024 || /^\.{1,2}$|^__.*__$/.test(id)) {
    throw invalid({ code: 'invalid_user_id', detail: 'The user id cannot name a document.' })
  }
  return id
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
