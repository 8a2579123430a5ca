import type { Analysis } from '@clarity/contracts'
import type { Analyses, Days } from '@clarity/record-store'
import { type AnalysisInput, readInput } from '../measures/analysis-input.ts'
import type { AnalyseWindow, WindowRequest } from './analyse-window.ts'

export interface CurrentAnalysisParts {
  readonly analyses: Pick<Analyses, 'get' | 'createOnce'>
  readonly days: Pick<Days, 'merge'>
  readonly analyseWindow: AnalyseWindow
  readonly modelSha256: string
}

export type CurrentAnalysis = (
  analysisId: string,
  request: WindowRequest,
) => Promise<{ readonly analysis: Analysis; readonly created: boolean } | null>

/**
 * The analysis that a merge named, made where it does not stand yet: of the days as they are now, so where another
 * merge changed them meanwhile it is the one that names. Null where no day is held any more.
 */
export function createCurrentAnalysis(parts: CurrentAnalysisParts): CurrentAnalysis {
  const { analyses, analyseWindow } = parts
  return async (analysisId, request) => {
    const standing = await analyses.get(request.userId, analysisId)
    if (standing !== null) return { analysis: standing, created: false }
    const input = await inputOf(analysisId, request, parts)
    return input && analyses.createOnce(await analyseWindow(input, request))
  }
}

/** Reads days and samples in one transaction, and none for an upload that is deleted. What it reads is current. */
async function inputOf(
  named: string,
  { userId, uploadId }: WindowRequest,
  { days, modelSha256 }: CurrentAnalysisParts,
): Promise<AnalysisInput | null> {
  let input: AnalysisInput | null = null
  await days.merge(userId, {
    uploadId,
    utcDates: [],
    build: async ({ read }) => {
      input = await readInput(read, { userId, modelSha256 })
      const user = { current_analysis_id: input?.analysisId ?? null }
      return { shards: [], days: [], ...(user.current_analysis_id !== named && { user }) }
    },
  })
  return input
}
