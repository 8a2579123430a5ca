import type { Insight } from '@clarity/contracts'
import { unavailable } from '@clarity/failure'
import type { Firestore, Transaction } from '@google-cloud/firestore'
import type { ErasureMarks } from './erasure-marks.ts'
import { limited } from './firestore-call.ts'
import { newestFirst } from './listed-documents.ts'
import type { ClaimInsight, InsightState, Insights, PendingInsight } from './record-store.ts'
import { type UserDocuments, isRecordId, userDocuments } from './user-documents.ts'

/** Stands where the insight will be; it has no time, so no list shows it. */
interface PendingDocument extends PendingInsight {
  readonly pending: true
}

/** Beside the insight: when it was announced. */
interface InsightDocument extends Insight {
  readonly published_at?: string
}

interface Claim {
  readonly insight_id: string
  readonly holder: string
  readonly until: string
}

/** Insights in Firestore, and the claim that lets one of a user's insights be made at a time. */
export function insightRecords(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Insights {
  const documents = (userId: string): UserDocuments => userDocuments(firestore, userId)
  const transact = <T>(userId: string, work: (tx: Transaction, own: UserDocuments) => Promise<T>) =>
    limited(timeoutMs, async () => {
      const own = documents(userId)
      return firestore.runTransaction(async (tx) => {
        await marks.refuseErased(tx, userId)
        return work(tx, own)
      })
    })
  return {
    claim: (userId, wanted) => transact(userId, (tx, own) => claim(tx, own, wanted)),
    release: (userId, given) => transact(userId, (tx, own) => release(tx, own, given)),
    createOnce: (userId, insight) => transact(userId, (tx, own) => createOnce(tx, own, insight)),
    get: (userId, id) =>
      limited(timeoutMs, async () =>
        isRecordId(id) ? read(await documents(userId).insights.doc(id).get()) : null,
      ),
    markPublished: (userId, id, at) =>
      transact(userId, async (tx, own) => {
        const document = own.insights.doc(id)
        const present = (await tx.get(document)).data() as InsightDocument | undefined
        if (present && !present.published_at) tx.update(document, { published_at: at })
      }),
    publishedAt: (userId, id) =>
      limited(timeoutMs, async () => {
        const present = (await documents(userId).insights.doc(id).get()).data() as InsightDocument | undefined
        return present?.published_at ?? null
      }),
    history: (userId, page) =>
      limited(timeoutMs, async () => {
        const found = await newestFirst<InsightDocument>(documents(userId).insights, 'generated_at', page)
        return { ...found, data: found.data.map(withoutMarks) }
      }),
  }
}

async function claim(
  tx: Transaction,
  own: UserDocuments,
  { insight_id, analysis_id, holder, at, leaseSeconds }: ClaimInsight,
): Promise<Awaited<ReturnType<Insights['claim']>>> {
  const document = own.insights.doc(insight_id)
  const [insight, lock, analysis] = await tx.getAll(
    document,
    claimDocument(own),
    own.analyses.doc(analysis_id),
  )
  refuseWithoutAnalysis(analysis)
  const state = insight ? read(insight) : null
  if (state?.status === 'ready') return { state: 'ready', insight: state.insight }
  const held = lock?.data() as Claim | undefined
  if (state === null) tx.set(document, { insight_id, analysis_id, pending: true } satisfies PendingDocument)
  if (held && held.until > at && held.holder !== holder) return { state: 'busy', until: held.until }
  const until = new Date(Date.parse(at) + leaseSeconds * 1000).toISOString()
  tx.set(claimDocument(own), { insight_id, holder, until } satisfies Claim)
  return { state: 'claimed' }
}

async function release(
  tx: Transaction,
  own: UserDocuments,
  { insight_id, holder }: Pick<ClaimInsight, 'insight_id' | 'holder'>,
): Promise<void> {
  const document = own.insights.doc(insight_id)
  const [insight, lock] = await tx.getAll(document, claimDocument(own))
  const held = lock?.data() as Claim | undefined
  const isOthers = held?.insight_id === insight_id && held.holder !== holder
  if (held?.holder === holder) tx.delete(claimDocument(own))
  if (!isOthers && insight && read(insight)?.status === 'pending') tx.delete(document)
}

async function createOnce(
  tx: Transaction,
  own: UserDocuments,
  insight: Insight,
): Promise<{ insight: Insight; created: boolean }> {
  const document = own.insights.doc(insight.insight_id)
  const analysisDocument = own.analyses.doc(insight.analysis_id)
  const [present, lock, analysis] = await tx.getAll(document, claimDocument(own), analysisDocument)
  refuseWithoutAnalysis(analysis)
  const state = present && read(present)
  if ((lock?.data() as Claim | undefined)?.insight_id === insight.insight_id) tx.delete(claimDocument(own))
  if (state?.status === 'ready') return { insight: state.insight, created: false }
  tx.set(document, insight)
  return { insight, created: true }
}

/** An analysis whose upload was deleted meanwhile is gone: whoever comes again finds the one that took its place. */
function refuseWithoutAnalysis(analysis: FirebaseFirestore.DocumentSnapshot | undefined): void {
  if (!analysis?.exists) {
    throw unavailable({ code: 'analysis_missing', detail: 'The analysis is gone.' })
  }
}

function claimDocument(own: UserDocuments): FirebaseFirestore.DocumentReference {
  return own.lock('insight')
}

function read(snapshot: FirebaseFirestore.DocumentSnapshot): InsightState | null {
  const found = snapshot.data() as InsightDocument | PendingDocument | undefined
  if (!found) return null
  if ('pending' in found) {
    return { status: 'pending', insight_id: found.insight_id, analysis_id: found.analysis_id }
  }
  return { status: 'ready', insight: withoutMarks(found) }
}

function withoutMarks({ published_at: _, ...insight }: InsightDocument): Insight {
  return insight
}
