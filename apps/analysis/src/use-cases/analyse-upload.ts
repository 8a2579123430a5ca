import type { UploadReceived } from '@clarity/contracts'
import type { EventBus } from '@clarity/event-bus'
import { isFailure, isRetryable } from '@clarity/failure'
import type { TotalsOptions } from '@clarity/health-data'
import type { PatModel } from '@clarity/pat-model'
import type { RawStore } from '@clarity/raw-store'
import type { RecordStore } from '@clarity/record-store'
import { events } from '../events.ts'
import { createAnalyseWindow } from './analyse-window.ts'
import { announcementOf } from './announcement.ts'
import { createCurrentAnalysis } from './current-analysis.ts'
import { createMergeUpload } from './merge-upload.ts'
import { createReadObject } from './read-object.ts'
import { createUndoMerge } from './undo-merge.ts'

export type AnalyseUpload = (upload: UploadReceived, signal: AbortSignal) => Promise<void>

export interface AnalyseUploadParts {
  readonly records: RecordStore
  readonly raw: RawStore
  readonly bus: EventBus
  readonly model: PatModel
  readonly now: () => Date
  readonly totals: TotalsOptions
}

/**
 * The way of one upload through analysis: read, merge into days, analyse the window, announce. Every step can be
 * repeated: ids derive from content, and what was done and announced already is not done again.
 */
export function createAnalyseUpload(parts: AnalyseUploadParts): AnalyseUpload {
  const { records, bus, model, now } = parts
  const readObject = createReadObject(parts.raw)
  const modelSha256 = model.identity
  const mergeUpload = createMergeUpload(records.days, { modelSha256, totals: parts.totals })
  const currentAnalysis = createCurrentAnalysis({
    ...records,
    analyseWindow: createAnalyseWindow(model, records.analyses),
    modelSha256,
  })
  const undoMerge = createUndoMerge(parts)
  const at = () => now().toISOString()

  return async (event, signal) => {
    const { user_id: userId, upload_id: uploadId } = event
    const publication = { at: at(), generation: event.generation }
    const upload = await records.uploads.begin(userId, uploadId, publication)
    if (upload === null || upload.status === 'completed') return

    const batches = await readObject(event, upload, signal)
    const merged = await mergeUpload({ upload: event, batches, at }).catch(async (error: unknown) => {
      if (isFailure(error) && !isRetryable(error)) await undoMerge({ userId, uploadId }, signal)
      throw error
    })
    events.uploadRead({ shape: merged.shape, counts: merged.counts })
    const request = { userId, uploadId, at: at(), signal }
    const current = merged.analysisId && (await currentAnalysis(merged.analysisId, request))
    if (!current) {
      events.uploadWithoutSamples()
      await records.uploads.advance(userId, uploadId, { at: at(), status: 'completed' })
      return
    }

    const { analysis, created } = current
    const analysisId = analysis.analysis_id
    const analysed = { at: at(), stage: 'analysed', analysis_id: analysisId } as const
    const announced = (await records.uploads.advance(userId, uploadId, analysed))?.announced ?? {}
    if (analysisId in announced) return
    await bus.publish(announcementOf(analysis, uploadId))
    await records.analyses.markPublished(userId, { analysisId, uploadId, at: at() })
    events.uploadAnalysed({ analysisId, created, pat: analysis.pat.status })
  }
}
