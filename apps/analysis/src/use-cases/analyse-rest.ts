import type { EventBus } from '@clarity/event-bus'
import type { PatModel } from '@clarity/pat-model'
import type { RecordStore } from '@clarity/record-store'
import type { AnalysisInput } from '../measures/analysis-input.ts'
import { createAnalyseWindow } from './analyse-window.ts'
import { announcementOf } from './announcement.ts'
import type { UploadRef } from './withdraw-upload.ts'

export interface AnalyseRestParts {
  readonly records: RecordStore
  readonly bus: EventBus
  readonly model: PatModel
  readonly now: () => Date
}

export type AnalyseRest = (rest: AnalysisInput, withdrawn: UploadRef, signal: AbortSignal) => Promise<void>

/** Analyses what is left without an upload, and announces that once a deletion. */
export function createAnalyseRest({ records, bus, model, now }: AnalyseRestParts): AnalyseRest {
  const analyseWindow = createAnalyseWindow(model, records.analyses)
  return async (rest, { userId, uploadId }, signal) => {
    const at = now().toISOString()
    const made = await analyseWindow(rest, { userId, uploadId: null, at, signal })
    const { analysis } = await records.analyses.createOnce(made)
    const analysisId = analysis.analysis_id
    const deletion = await records.deletions.get(userId, uploadId)
    if (deletion?.announced[analysisId] !== undefined) return
    await bus.publish(announcementOf(analysis, null))
    await records.analyses.markPublished(userId, { analysisId, uploadId: null, at })
    await records.deletions.markAnnounced(userId, uploadId, { analysisId, at })
  }
}
