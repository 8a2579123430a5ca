import type { Analysis, InternalAnalyze } from '@clarity/contracts'
import type { PatModel } from '@clarity/pat-model'
import type { RecordStore } from '@clarity/record-store'
import { events } from '../events.ts'
import { createAnalyseCounts } from './analyse-counts.ts'
import { createAnalyseSteps } from './analyse-steps.ts'

export interface AnalyseRequestParts {
  readonly records: Pick<RecordStore, 'analyses'>
  readonly model: PatModel
  readonly now: () => Date
}

export type AnalyseRequest = (asked: InternalAnalyze, signal: AbortSignal) => Promise<Analysis>

/**
 * Analyses what a person sent to be analysed by itself. It is stored once and listed, but neither announced nor made the
 * person's current analysis; epochs are answered alone.
 */
export function createAnalyseRequest({ records, model, now }: AnalyseRequestParts): AnalyseRequest {
  const analyseCounts = createAnalyseCounts(model)
  const analyseSteps = createAnalyseSteps(model)
  const store = async (made: Analysis): Promise<Analysis> => {
    const { analysis, created } = await records.analyses.createOnce(made)
    events.requestAnalysed({ analysisId: analysis.analysis_id, created, pat: analysis.pat.status })
    return analysis
  }
  return async (asked, signal) => {
    const who = { userId: asked.user_id, at: now().toISOString(), signal }
    if (asked.signal === 'steps') return store(await analyseSteps(asked.request, who))
    const { analysis, sleepWake } = await analyseCounts(asked.request, who)
    const stored = await store(analysis)
    return asked.request.include?.includes('epochs') ? { ...stored, sleep_wake: sleepWake } : stored
  }
}
