import type { Firestore, Transaction } from '@google-cloud/firestore'
import type { AnnouncedUpload, Arrival } from './announced-upload.ts'
import type { ErasureMarks } from './erasure-marks.ts'
import type { UserSettings } from './record-store.ts'
import { newRecord, readUpload } from './stored-upload.ts'
import { advanced, restarted } from './upload-progress.ts'
import type { UploadRecord } from './upload-record.ts'
import { type UserDocuments, userDocuments } from './user-documents.ts'

/** Writes the record of an upload whose bytes are still to come. */
export function announceUpload(
  firestore: Firestore,
  announced: AnnouncedUpload,
  marks: ErasureMarks,
): Promise<UploadRecord> {
  const own = userDocuments(firestore, announced.user_id)
  return firestore.runTransaction(async (tx) => {
    await marks.refuseErased(tx, announced.user_id)
    const settings = (await tx.get(own.user)).data() as UserSettings | undefined
    const timezone = announced.timezone ?? settings?.timezone ?? null
    const upload = newRecord({
      ...announced,
      timezone,
      ...(announced.timezone !== null
        ? { timezone_source: 'upload' }
        : timezone !== null && { timezone_source: 'user' }),
      format: null,
      decoded_bytes: null,
      body_sha256: null,
      deletions: 0,
    })
    tx.create(own.upload(upload.upload_id), upload)
    return upload
  })
}

/** One step inside a transaction: what came of an announced upload. */
export async function arriveUpload(
  tx: Transaction,
  { own, uploadId, arrival }: { own: UserDocuments; uploadId: string; arrival: Arrival },
): Promise<UploadRecord | null> {
  const document = own.upload(uploadId)
  const present = readUpload(await tx.get(document))
  if (present === null || present.body_sha256 !== null) return present
  const { at, generation, ...bytes } = arrival
  const known = await tx.get(own.uploads.where('body_sha256', '==', arrival.body_sha256))
  const original = known.docs
    .map((found) => found.data() as UploadRecord)
    .find(({ status, duplicate_of }) => status !== 'failed' && duplicate_of === undefined)
  // Somebody who looked meanwhile may have ended its session.
  const stored = advanced({ ...restarted(present), ...bytes }, { at, generation, stage: 'stored' })
  const upload =
    original === undefined
      ? stored
      : { ...advanced(stored, { at, status: 'completed' }), duplicate_of: original.upload_id }
  tx.set(document, upload)
  return upload
}
