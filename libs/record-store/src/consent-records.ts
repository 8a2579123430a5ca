import type { Consent } from '@clarity/contracts'
import { notFound } from '@clarity/failure'
import type { CollectionReference, DocumentReference, Firestore, Transaction } from '@google-cloud/firestore'
import { type AuditRecord, auditRecords } from './audit-records.ts'
import type { Audits, Consents } from './consents.ts'
import type { ErasureMarks } from './erasure-marks.ts'
import { limited } from './firestore-call.ts'
import { newestFirst } from './listed-documents.ts'
import { removeAll } from './remove-documents.ts'
import { userDocuments } from './user-documents.ts'

/** Consents in Firestore: `users/{patient}/consents/{clinician}`, and `users/{clinician}/patients/{patient}` to find it by. */
export function consentRecords(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Consents {
  const pair = (userId: string, clinicianId: string) => consentDocuments(firestore, userId, clinicianId)
  const audit = (tx: Transaction, action: string, act: Act) =>
    tx.create(auditRecords(firestore).doc(), {
      action,
      subject_hash: marks.subjectHash(act.userId),
      clinician_hash: marks.subjectHash(act.clinicianId),
      at: act.at,
    } satisfies AuditRecord)
  return {
    grant: (userId, consent) =>
      limited(timeoutMs, async () => {
        const { clinician_id: clinicianId, granted_at: at } = consent
        const { given, received } = pair(userId, clinicianId)
        await firestore.runTransaction(async (tx) => {
          await marks.refuseErased(tx, userId)
          if ((await tx.get(marks.mark(clinicianId))).exists) throw notFound('There is no such clinician.')
          tx.set(given, consent)
          tx.set(received, { patient_id: userId } satisfies Received)
          audit(tx, 'consent.granted', { userId, clinicianId, at })
        })
      }),
    withdraw: (userId, { clinicianId, at }) =>
      limited(timeoutMs, async () => {
        const { given, received } = pair(userId, clinicianId)
        await firestore.runTransaction(async (tx) => {
          await marks.refuseErased(tx, userId)
          if (!(await tx.get(given)).exists) return
          tx.delete(given)
          tx.delete(received)
          audit(tx, 'consent.withdrawn', { userId, clinicianId, at })
        })
      }),
    get: (userId, clinicianId) =>
      limited(timeoutMs, async () => {
        const { given } = pair(userId, clinicianId)
        const [found, mark] = await firestore.getAll(given, marks.mark(userId))
        return mark?.exists ? null : ((found?.data() ?? null) as Consent | null)
      }),
    list: (userId, page) =>
      limited(timeoutMs, () => newestFirst<Consent>(consentsOf(firestore, userId), 'granted_at', page)),
  }
}

/** Acts in Firestore's `audit` that leave no other record. */
export function audits(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Audits {
  return {
    roleChanged: ({ userId, actorId, role, at }) =>
      limited(timeoutMs, async () => {
        const record: AuditRecord = {
          action: 'role.changed',
          subject_hash: marks.subjectHash(userId),
          actor_hash: marks.subjectHash(actorId),
          role,
          at,
        }
        await auditRecords(firestore).doc().create(record)
      }),
  }
}

/** Removes what lies with other people of the consents that this person gave or received; answers how many documents. */
export async function removeConsentsWithOthers(firestore: Firestore, userId: string): Promise<number> {
  const given = (await consentsOf(firestore, userId).get()).docs.map((document) => document.data() as Consent)
  const received = (await patientsOf(firestore, userId).get()).docs.map(
    (document) => document.data() as Received,
  )
  return removeAll(firestore, [
    ...given.map(({ clinician_id }) => consentDocuments(firestore, userId, clinician_id).received),
    ...received.map(({ patient_id }) => consentDocuments(firestore, patient_id, userId).given),
  ])
}

interface Received {
  readonly patient_id: string
}

interface Act {
  readonly userId: string
  readonly clinicianId: string
  readonly at: string
}

function consentDocuments(
  firestore: Firestore,
  userId: string,
  clinicianId: string,
): Readonly<Record<'given' | 'received', DocumentReference>> {
  const documentId = (id: string): string => userDocuments(firestore, id).user.id
  return {
    given: consentsOf(firestore, userId).doc(documentId(clinicianId)),
    received: patientsOf(firestore, clinicianId).doc(documentId(userId)),
  }
}

function consentsOf(firestore: Firestore, userId: string): CollectionReference {
  return userDocuments(firestore, userId).user.collection('consents')
}

function patientsOf(firestore: Firestore, clinicianId: string): CollectionReference {
  return userDocuments(firestore, clinicianId).user.collection('patients')
}
