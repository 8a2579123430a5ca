import type { Analysis } from '@clarity/contracts'
import type { Analyses } from '@clarity/record-store'
import type { AnalyseWindow, WindowRequest } from './analyse-window.ts'
import type { ChooseAnalysis } from './choose-analysis.ts'

export interface CurrentAnalysisParts {
  readonly chooseAnalysis: ChooseAnalysis
  readonly analyseWindow: AnalyseWindow
  readonly analyses: Pick<Analyses, 'get' | 'createOnce'>
}

export type CurrentAnalysis = (
  request: WindowRequest & { readonly uploadId: string },
) => Promise<{ readonly analysis: Analysis; readonly created: boolean } | null>

/** The analysis of the days as they are stored, made where it does not stand yet; null where no day is held. */
export function createCurrentAnalysis(parts: CurrentAnalysisParts): CurrentAnalysis {
  const { chooseAnalysis, analyseWindow, analyses } = parts
  return async (request) => {
    let choice = await chooseAnalysis(request)
    if (choice?.input === null) {
      const analysis = await analyses.get(request.userId, choice.standingId)
      if (analysis !== null) return { analysis, created: false }
      // Whoever chose it has not made it yet, and may never do so.
      choice = await chooseAnalysis({ ...request, isReadAnyway: true })
    }
    return choice?.input ? analyses.createOnce(await analyseWindow(choice.input, request)) : null
  }
}
