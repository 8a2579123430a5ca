import type { Days, MergeState } from '@clarity/record-store'
import {
  type AnalysisInput,
  type AnalysisWindow,
  chooseWindow,
  readInput,
} from '../measures/analysis-input.ts'

/** What the stored days ask for: the analysis that is current already, or one of this input; null where none is held. */
export type AnalysisChoice =
  { readonly standingId: string; readonly input: null } | { readonly input: AnalysisInput } | null

export interface ChoiceRequest {
  readonly userId: string
  /** The upload that asks: once it is deleted, nothing is chosen for it. */
  readonly uploadId: string
  /** Reads the input even where the current analysis was chosen from the same days. */
  readonly isReadAnyway?: boolean
}

export type ChooseAnalysis = (request: ChoiceRequest) => Promise<AnalysisChoice>

/** No day changes while it is chosen. */
const UNCHANGED = { result: { shards: [], days: [] } }

/**
 * Chooses, in a transaction after those that merge, what is to be analysed, and names it as current. Where no day of
 * window or baseline changed since the current analysis was chosen, the stored days tell, and no sample is read.
 */
export function createChooseAnalysis(days: Pick<Days, 'merge'>, modelSha256: string): ChooseAnalysis {
  return async (request) => {
    let choice: AnalysisChoice = null
    await days.merge(request.userId, {
      uploadId: request.uploadId,
      utcDates: [],
      build: async (state) => {
        const window = await chooseWindow(state, { merged: UNCHANGED, modelSha256 })
        choice = window && (await choose(state, window, { ...request, modelSha256 }))
        if (!window || !choice?.input) return UNCHANGED.result
        return {
          ...UNCHANGED.result,
          user: { current_analysis_id: choice.input.analysisId, current_days_digest: window.daysDigest },
        }
      },
    })
    return choice
  }
}

async function choose(
  state: MergeState,
  window: AnalysisWindow,
  { userId, isReadAnyway, modelSha256 }: ChoiceRequest & { readonly modelSha256: string },
): Promise<AnalysisChoice> {
  const { current_analysis_id: standingId, current_days_digest: standingDigest } = state.user ?? {}
  const isUnchanged = standingDigest === window.daysDigest
  if (standingId !== undefined && isUnchanged && !isReadAnyway) return { standingId, input: null }
  return { input: await readInput(state, { merged: UNCHANGED, userId, modelSha256, window }) }
}
