import { FieldValue, type Firestore } from '@google-cloud/firestore'
import { type AuditRecord, auditRecords } from './audit-records.ts'
import { removeConsentsWithOthers } from './consent-records.ts'
import type { ErasureMarks } from './erasure-marks.ts'
import type { ErasureCounts, Erasures } from './erasures.ts'
import { limited } from './firestore-call.ts'
import { removeAll, removeTree } from './remove-documents.ts'
import { userDocuments } from './user-documents.ts'

/** One pass over everything of a person. */
const REMOVAL_TIMEOUT_MS = 300_000
const PAGE = 500

interface MarkDocument {
  readonly at: string
  readonly counts?: Partial<ErasureCounts>
}

/** Erased people in Firestore. */
export function erasureRecords(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Erasures {
  return {
    mark: (userId, at) =>
      limited(timeoutMs, () =>
        firestore.runTransaction(async (tx) => {
          const mark = marks.mark(userId)
          if (!(await tx.get(mark)).exists) tx.create(mark, { at } satisfies MarkDocument)
        }),
      ),
    isMarked: (userId) => limited(timeoutMs, async () => (await marks.mark(userId).get()).exists),
    async *storedBytes(userId) {
      const { user } = userDocuments(firestore, userId)
      for (const name of ['uploads', 'deletions']) {
        yield* pages(user.collection(name), timeoutMs)
      }
    },
    removeDocuments: (userId) =>
      limited(REMOVAL_TIMEOUT_MS, async () => {
        const { user } = userDocuments(firestore, userId)
        return (await removeConsentsWithOthers(firestore, userId)) + (await removeTree(firestore, user))
      }),
    count: (userId, counts) =>
      limited(timeoutMs, async () => {
        const added = Object.entries(counts).map(([name, count]) => [name, FieldValue.increment(count)])
        await marks.mark(userId).set({ counts: Object.fromEntries(added) }, { merge: true })
      }),
    finish: (userId, at) => limited(timeoutMs, () => finish(firestore, marks, { userId, at })),
  }
}

/** Records name the objects, so they are read in the order of their ids, which holds while they are removed. */
async function* pages(collection: FirebaseFirestore.CollectionReference, timeoutMs: number) {
  const ordered = collection.orderBy('__name__').select('object_path').limit(PAGE)
  let last: FirebaseFirestore.QueryDocumentSnapshot | undefined
  do {
    const page = last ? ordered.startAfter(last.id) : ordered
    const { docs } = await limited(timeoutMs, () => page.get())
    yield docs.map((document) => ({ object_path: String(document.get('object_path')) }))
    last = docs.length < PAGE ? undefined : docs.at(-1)
  } while (last)
}

interface Finished {
  readonly userId: string
  readonly at: string
}

/** The record of the erasure takes the place of every older one about the same person. */
async function finish(firestore: Firestore, marks: ErasureMarks, { userId, at }: Finished): Promise<void> {
  const subject_hash = marks.subjectHash(userId)
  const audit = auditRecords(firestore)
  const document = audit.doc(subject_hash)
  await firestore.runTransaction(async (tx) => {
    const [stands, mark] = await tx.getAll(document, marks.mark(userId))
    if (stands?.exists) return
    const { counts = {} } = (mark?.data() ?? {}) as Partial<MarkDocument>
    const record: AuditRecord = {
      action: 'user.erased',
      subject_hash,
      at,
      counts: { objects: 0, documents: 0, messages: 0, ...counts },
    }
    tx.create(document, record)
  })
  const older = (await audit.where('subject_hash', '==', subject_hash).select().get()).docs
  await removeAll(
    firestore,
    older.map(({ ref }) => ref).filter(({ id }) => id !== subject_hash),
  )
}
