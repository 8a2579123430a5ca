import type { Firestore, Transaction } from '@google-cloud/firestore'
import { type AuditRecord, auditRecords } from './audit-records.ts'
import type { Deletion, Deletions } from './deletions.ts'
import type { ErasureMarks } from './erasure-marks.ts'
import { grpcCode, limited } from './firestore-call.ts'
import { removeAll } from './remove-documents.ts'
import { readUpload } from './stored-upload.ts'
import { removeTombstones } from './tombstone-shards.ts'
import { uploadId as directUploadId } from './upload-id.ts'
import type { UploadRecord } from './upload-record.ts'
import { type UserDocuments, isRecordId, userDocuments } from './user-documents.ts'

const NOT_FOUND = 5

/** Deleted uploads in Firestore. */
export function deletionRecords(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Deletions {
  const documents = (userId: string): UserDocuments => userDocuments(firestore, userId)
  const note = (userId: string, uploadId: string, fields: Record<string, string>) =>
    limited(timeoutMs, () => updateIfPresent(documents(userId).deletion(uploadId), fields))
  return {
    begin: (userId, uploadId, at) =>
      limited(timeoutMs, async () => {
        if (!isRecordId(uploadId)) return null
        return firestore.runTransaction(async (tx) => {
          await marks.refuseErased(tx, userId)
          return begin(tx, documents(userId), {
            uploadId,
            audit: auditRecords(firestore).doc(`${marks.subjectHash(userId)}-${uploadId}`),
            record: {
              action: 'upload.deleted',
              subject_hash: marks.subjectHash(userId),
              at,
              upload_id: uploadId,
            },
          })
        })
      }),
    get: (userId, uploadId) =>
      limited(timeoutMs, async () => {
        const found = isRecordId(uploadId) ? await documents(userId).deletion(uploadId).get() : undefined
        return (found?.data() ?? null) as Deletion | null
      }),
    markPublished: (userId, uploadId, at) => note(userId, uploadId, { published_at: at }),
    markWithdrawn: (userId, uploadId, at) => note(userId, uploadId, { withdrawn_at: at }),
    markAnnounced: (userId, uploadId, { analysisId, at }) =>
      note(userId, uploadId, { [`announced.${analysisId}`]: at }),
    reach: (userId, uploadId) =>
      limited(timeoutMs, async () => {
        const found = await documents(userId).uploadReach(uploadId).get()
        const utcDates = (found.get('utc_dates') ?? []) as string[]
        return { utcDates: [...utcDates].sort(), buries: found.get('buries') === true }
      }),
    withdrawTombstones: (userId, uploadId) =>
      limited(timeoutMs, async () => {
        const shards = (await documents(userId).tombstones.select().get()).docs
        for (const { ref } of shards) {
          await firestore.runTransaction((tx) => removeTombstones(tx, ref, uploadId))
        }
      }),
    removeReaders: (userId, uploadId) =>
      limited(timeoutMs, () => removeReaders(firestore, documents(userId), uploadId)),
    forgetReach: (userId, uploadId) =>
      limited(timeoutMs, async () => void (await documents(userId).uploadReach(uploadId).delete())),
  }
}

interface Beginning {
  readonly uploadId: string
  readonly audit: FirebaseFirestore.DocumentReference
  readonly record: AuditRecord
}

async function begin(
  tx: Transaction,
  own: UserDocuments,
  { uploadId, audit, record }: Beginning,
): Promise<Deletion | null> {
  const [found, noted] = await tx.getAll(own.upload(uploadId), own.deletion(uploadId))
  const upload = found ? readUpload(found) : null
  if (upload === null) {
    const deletion = noted?.data() as Deletion | undefined
    return deletion && deletion.published_at === null ? deletion : null
  }
  const deletion: Deletion = {
    upload_id: uploadId,
    object_path: upload.object_path,
    generation: upload.generation,
    deleted_at: record.at,
    published_at: null,
    withdrawn_at: null,
    announced: {},
  }
  tx.delete(own.upload(uploadId))
  tx.set(own.deletion(uploadId), deletion)
  tx.set(audit, record)
  countDeletion(tx, own, upload)
  return deletion
}

/** The same bytes sent again directly get another id; an id that was drawn at random never comes again. */
function countDeletion(tx: Transaction, own: UserDocuments, upload: UploadRecord): void {
  const { user_id: userId, body_sha256: bodySha256, deletions } = upload
  if (bodySha256 === null || directUploadId({ userId, bodySha256, deletions }) !== upload.upload_id) return
  tx.set(own.deletedUpload(bodySha256), { count: deletions + 1 })
}

async function removeReaders(firestore: Firestore, own: UserDocuments, uploadId: string): Promise<number> {
  const readers = (await own.analyses.where('upload_ids', 'array-contains', uploadId).select().get()).docs
  for (const { id, ref } of readers) {
    const insights = (await own.insights.where('analysis_id', '==', id).select().get()).docs
    // The analysis goes last: as long as it stands, a repetition finds its insights.
    await removeAll(firestore, [...insights.map((insight) => insight.ref), ref])
  }
  return readers.length
}

async function updateIfPresent(
  document: FirebaseFirestore.DocumentReference,
  fields: Record<string, string>,
): Promise<void> {
  try {
    await document.update(fields)
  } catch (error) {
    if (grpcCode(error) !== NOT_FOUND) throw error
  }
}
