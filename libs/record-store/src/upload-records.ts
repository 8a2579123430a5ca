import { accountErased, conflict } from '@clarity/failure'
import { type DocumentReference, type Firestore, Timestamp, type Transaction } from '@google-cloud/firestore'
import type { ErasureMarks } from './erasure-marks.ts'
import { firestoreFailure, grpcCode, limited } from './firestore-call.ts'
import { announceUpload, arriveUpload } from './announced-records.ts'
import { newestFirst } from './listed-documents.ts'
import type { CreateUpload, UploadIdentity, UploadListener, Uploads, UserSettings } from './record-store.ts'
import { uploadId } from './upload-id.ts'
import { duplicatesOf, ownerOf, reprocessUpload } from './reprocessed-uploads.ts'
import { newRecord, readUpload, storedOncePublished } from './stored-upload.ts'
import { SESSION_EXPIRED, hasEndedSession } from './upload-session.ts'
import { advanced, begun, failed, reopened, restarted } from './upload-progress.ts'
import type { UploadRecord } from './upload-record.ts'
import { type UserDocuments, isRecordId, userDocuments } from './user-documents.ts'

const KEY_LIFETIME_MS = 30 * 24 * 3600 * 1000
const NOT_FOUND = 5

interface KeyRecord {
  readonly body_sha256: string
  readonly upload_id: string
  /** A Firestore timestamp, so that the database's TTL policy can remove the key. */
  readonly expires_at: Timestamp
}

/** Uploads in Firestore; every change is one transaction. */
export function uploadRecords(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Uploads {
  const documents = (userId: string): UserDocuments => userDocuments(firestore, userId)
  const change = (userId: string, id: string, next: (upload: UploadRecord) => UploadRecord) =>
    limited(timeoutMs, async () => {
      if (!isRecordId(id)) return null
      const document = documents(userId).upload(id)
      return firestore.runTransaction((tx) => rewrite(tx, document, next))
    })

  return {
    createOnce: (upload) =>
      limited(timeoutMs, async () => {
        const own = documents(upload.userId)
        const mark = marks.mark(upload.userId)
        return firestore.runTransaction((tx) => createOnce(tx, { own, mark }, upload))
      }),
    announce: (announced) => limited(timeoutMs, () => announceUpload(firestore, announced, marks)),
    arrive: (userId, uploadId, arrival) =>
      limited(timeoutMs, async () => {
        if (!isRecordId(uploadId)) return null
        const own = documents(userId)
        return firestore.runTransaction((tx) => arriveUpload(tx, { own, uploadId, arrival }))
      }),
    list: (userId, page) =>
      limited(timeoutMs, async () => {
        const { uploads } = documents(userId)
        const { data, next } = await newestFirst<UploadRecord>(uploads, 'received_at', page)
        return { data: data.map(storedOncePublished), next }
      }),
    get: (userId, id) =>
      limited(timeoutMs, async () =>
        isRecordId(id) ? readUpload(await documents(userId).upload(id).get()) : null,
      ),
    markPublished: (userId, id, { at, generation }) =>
      limited(timeoutMs, () =>
        updateIfPresent(documents(userId).upload(id), { published_at: at, generation }),
      ),
    begin: (userId, id, publication) => change(userId, id, (upload) => begun(upload, publication)),
    advance: (userId, id, step) => change(userId, id, (upload) => advanced(upload, step)),
    fail: (userId, id, failure) => change(userId, id, (upload) => failed(upload, failure)),
    endSession: (userId, id, at) =>
      change(userId, id, (upload) =>
        hasEndedSession(upload, at) ? failed(upload, { at, error: SESSION_EXPIRED }) : upload,
      ),
    resume: (userId, id, from) => change(userId, id, from === 'start' ? restarted : reopened),
    reprocess: (userId, uploadId, at) =>
      limited(timeoutMs, async () => {
        if (!isRecordId(uploadId)) return null
        const own = documents(userId)
        return firestore.runTransaction(async (tx) => {
          await marks.refuseErased(tx, userId)
          return reprocessUpload(tx, { own, uploadId, at })
        })
      }),
    duplicatesOf: (userId, uploadId) => limited(timeoutMs, () => duplicatesOf(documents(userId), uploadId)),
    ownerOf: (uploadId) => limited(timeoutMs, () => ownerOf(firestore, uploadId)),
    watch: (userId, id, listener) => watch(documents(userId).upload(id), listener),
  }
}

async function createOnce(
  tx: Transaction,
  { own, mark }: { readonly own: UserDocuments; readonly mark: DocumentReference },
  { userId, bodySha256, idempotencyKey, receivedAt, build }: CreateUpload,
): Promise<{ upload: UploadRecord; created: boolean }> {
  const keyDocument = idempotencyKey === undefined ? undefined : own.uploadKey(idempotencyKey)
  const undeleted = own.upload(uploadId({ userId, bodySha256, deletions: 0 }))
  const [erased, deleted, user, likely, key] = await tx.getAll(
    mark,
    own.deletedUpload(bodySha256),
    own.user,
    undeleted,
    ...(keyDocument ? [keyDocument] : []),
  )
  if (erased?.exists) throw accountErased()
  refuseReusedKey(key?.data() as KeyRecord | undefined, bodySha256, receivedAt)
  const deletions = Number(deleted?.get('count') ?? 0)
  const id = uploadId({ userId, bodySha256, deletions })
  const document = own.upload(id)
  const found = deletions === 0 ? likely : await tx.get(document)
  const present = found ? readUpload(found) : null
  const identity: UploadIdentity = {
    uploadId: id,
    deletions,
    user: (user?.data() ?? null) as UserSettings | null,
  }
  const upload =
    present ??
    newRecord({ ...build(identity), user_id: userId, upload_id: id, body_sha256: bodySha256, deletions })
  if (!present) tx.create(document, upload)
  if (keyDocument && !key?.exists) {
    const expires_at = Timestamp.fromMillis(Date.parse(receivedAt) + KEY_LIFETIME_MS)
    tx.set(keyDocument, { body_sha256: bodySha256, upload_id: id, expires_at } satisfies KeyRecord)
  }
  return { upload, created: !present }
}

function refuseReusedKey(key: KeyRecord | undefined, bodySha256: string, receivedAt: string): void {
  if (!key || key.body_sha256 === bodySha256) return
  // The database removes an expired key up to a day late.
  if (key.expires_at.toMillis() <= Date.parse(receivedAt)) return
  throw conflict({
    code: 'idempotency-key-reused',
    detail: 'This Idempotency-Key came with other bytes before.',
    errors: [{ path: 'header.idempotency-key', reason: 'was used for another body' }],
  })
}

async function rewrite(
  tx: Transaction,
  document: DocumentReference,
  next: (upload: UploadRecord) => UploadRecord,
): Promise<UploadRecord | null> {
  const present = readUpload(await tx.get(document))
  if (!present) return null
  const upload = next(present)
  if (upload !== present) tx.set(document, upload)
  return upload
}

async function updateIfPresent(document: DocumentReference, fields: Partial<UploadRecord>): Promise<boolean> {
  try {
    await document.update(fields)
    return true
  } catch (error) {
    if (grpcCode(error) === NOT_FOUND) return false
    throw error
  }
}

function watch(document: DocumentReference, { onChange, onError }: UploadListener): () => void {
  return document.onSnapshot(
    (snapshot) => onChange(readUpload(snapshot)),
    (error) => onError(firestoreFailure(error)),
  )
}
