import { conflict } from '@clarity/failure'
import type { Firestore, Transaction } from '@google-cloud/firestore'
import type { UserSettings } from './record-store.ts'
import { readUpload } from './stored-upload.ts'
import { reprocessed } from './upload-progress.ts'
import type { UploadRecord } from './upload-record.ts'
import { type UserDocuments, isRecordId } from './user-documents.ts'

/** One step inside a transaction: the upload waits to be read again. */
export async function reprocessUpload(
  tx: Transaction,
  { own, uploadId, at }: { own: UserDocuments; uploadId: string; at: string },
): Promise<UploadRecord | null> {
  const [found, user] = await tx.getAll(own.upload(uploadId), own.user)
  const present = found ? readUpload(found) : null
  if (present === null) return null
  const original = present.duplicate_of && (await tx.get(own.upload(present.duplicate_of)))
  if (present.generation === null || (original && original.exists)) {
    throw conflict({ code: 'upload_without_bytes', detail: 'No stored bytes belong to this upload.' })
  }
  const zone = zoneNow(present, user?.data() as UserSettings | undefined)
  const upload = reprocessed({ ...present, ...zone }, at)
  tx.set(found!.ref, upload)
  return upload
}

/** A zone that came with the upload holds for ever; one of the settings is that of the settings now. */
function zoneNow(
  { timezone, timezone_source }: UploadRecord,
  settings: UserSettings | undefined,
): Partial<UploadRecord> {
  if (timezone !== null && timezone_source !== 'user') return {}
  if (settings?.timezone === undefined) return { timezone: null }
  return { timezone: settings.timezone, timezone_source: 'user' }
}

/** The uploads that were completed as duplicates of this one. */
export async function duplicatesOf(own: UserDocuments, uploadId: string): Promise<string[]> {
  const found = await own.uploads.where('duplicate_of', '==', uploadId).select().get()
  return found.docs.map(({ id }) => id)
}

/** Whose upload that is; `null` where there is none. */
export async function ownerOf(firestore: Firestore, uploadId: string): Promise<string | null> {
  if (!isRecordId(uploadId)) return null
  const found = await firestore
    .collectionGroup('uploads')
    .where('upload_id', '==', uploadId)
    .limit(1)
    .select('user_id')
    .get()
  return (found.docs[0]?.get('user_id') as string | undefined) ?? null
}
