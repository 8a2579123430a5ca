import type { Analysis } from '@clarity/contracts'
import type { CollectionReference, Firestore } from '@google-cloud/firestore'
import { refuseWithdrawn } from './deleted-uploads.ts'
import type { ErasureMarks } from './erasure-marks.ts'
import { limited } from './firestore-call.ts'
import { newestFirst } from './listed-documents.ts'
import type { Analyses, Announcement, EmbeddedWeek } from './record-store.ts'
import { readUpload } from './stored-upload.ts'
import { advanced } from './upload-progress.ts'
import { type UserDocuments, isRecordId, userDocuments } from './user-documents.ts'

/** Beside the analysis: when it was first announced, by an upload or by a deletion. */
interface AnalysisDocument extends Analysis {
  readonly published_at?: string
}

/** Analyses in Firestore. */
export function analysisRecords(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Analyses {
  const documents = (userId: string): UserDocuments => userDocuments(firestore, userId)
  return {
    createOnce: (analysis) =>
      limited(timeoutMs, async () => {
        const document = documents(analysis.user_id).analyses.doc(analysis.analysis_id)
        return firestore.runTransaction(async (tx) => {
          await marks.refuseErased(tx, analysis.user_id)
          const present = (await tx.get(document)).data() as AnalysisDocument | undefined
          if (present) return { analysis: withoutMarks(present), created: false }
          await refuseWithdrawn(tx, documents(analysis.user_id), analysis.upload_ids)
          tx.create(document, analysis)
          return { analysis, created: true }
        })
      }),
    get: (userId, id) =>
      limited(timeoutMs, async () => {
        if (!isRecordId(id)) return null
        const present = (await documents(userId).analyses.doc(id).get()).data() as
          AnalysisDocument | undefined
        return present ? withoutMarks(present) : null
      }),
    list: (userId, page) =>
      limited(timeoutMs, async () => {
        const found = await newestFirst<AnalysisDocument>(documents(userId).analyses, 'created_at', page)
        return { ...found, data: found.data.map(withoutMarks) }
      }),
    lastWeekBefore: (userId, date) =>
      limited(timeoutMs, () => lastWeekBefore(documents(userId).analyses, date)),
    markPublished: (userId, announcement) =>
      limited(timeoutMs, () => markPublished(firestore, documents(userId), announcement)),
  }
}

const ANALYSES_OF_A_WINDOW = 50

async function lastWeekBefore(analyses: CollectionReference, date: string): Promise<EmbeddedWeek[]> {
  const before = analyses.where('window.end', '<', date).orderBy('window.end', 'desc')
  const [last] = (await before.limit(1).select('window.end').get()).docs
  if (last === undefined) return []
  const { docs } = await analyses
    .where('window.end', '==', last.get('window.end'))
    .limit(ANALYSES_OF_A_WINDOW)
    .select('window', 'created_at', 'upload_ids', 'pat.embedding', 'pat.standardisation', 'pat.model.sha256')
    .get()
  return docs.map((document) => document.data() as EmbeddedWeek)
}

function withoutMarks({ published_at: _, ...analysis }: AnalysisDocument): Analysis {
  return analysis
}

/** The mark of a pair lies with the upload, so that an upload which starts again is announced again. */
function markPublished(
  firestore: Firestore,
  own: UserDocuments,
  { analysisId, uploadId, at }: Announcement & { readonly at: string },
): Promise<void> {
  return firestore.runTransaction(async (tx) => {
    const analysisDocument = own.analyses.doc(analysisId)
    const uploadDocument = uploadId === null ? undefined : own.upload(uploadId)
    const [analysis, upload] = await tx.getAll(analysisDocument, ...(uploadDocument ? [uploadDocument] : []))
    if (analysis?.exists && analysis.get('published_at') === undefined) {
      tx.update(analysisDocument, { published_at: at })
    }
    const present = upload && readUpload(upload)
    if (uploadDocument && present) {
      const announced = { ...present, announced: { ...present.announced, [analysisId]: at } }
      tx.set(uploadDocument, advanced(announced, { at, stage: 'predicted' }))
    }
  })
}
