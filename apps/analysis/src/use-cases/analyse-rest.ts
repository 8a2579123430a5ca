import type { EventBus } from '@clarity/event-bus'
import type { TotalsOptions } from '@clarity/health-data'
import type { PatModel } from '@clarity/pat-model'
import type { RecordStore } from '@clarity/record-store'
import { createAnalyseWindow } from './analyse-window.ts'
import { announcementOf } from './announcement.ts'
import { createCurrentAnalysis } from './current-analysis.ts'
import type { UploadRef } from './withdraw-upload.ts'

export interface AnalyseRestParts {
  readonly records: RecordStore
  readonly bus: EventBus
  readonly model: PatModel
  readonly now: () => Date
  readonly totals: TotalsOptions
}

export type AnalyseRest = (rest: string, withdrawn: UploadRef, signal: AbortSignal) => Promise<void>

/** Analyses what is left without an upload, and announces that once a deletion. */
export function createAnalyseRest({ records, bus, model, now }: AnalyseRestParts): AnalyseRest {
  const currentAnalysis = createCurrentAnalysis({
    ...records,
    analyseWindow: createAnalyseWindow(model, records.analyses),
    modelSha256: model.identity,
  })
  return async (rest, { userId, uploadId }, signal) => {
    const at = now().toISOString()
    const current = await currentAnalysis(rest, { userId, uploadId: null, at, signal })
    if (current === null) return
    const { analysis } = current
    const analysisId = analysis.analysis_id
    const deletion = await records.deletions.get(userId, uploadId)
    if (deletion?.announced[analysisId] !== undefined) return
    await bus.publish(announcementOf(analysis, null))
    await records.analyses.markPublished(userId, { analysisId, uploadId: null, at })
    await records.deletions.markAnnounced(userId, uploadId, { analysisId, at })
  }
}
