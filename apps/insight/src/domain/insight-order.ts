import type { Analysis, InsightType } from '@clarity/contracts'
import { insightId } from './insight-id.ts'
import { PROMPT_VERSION } from './prompt.ts'

/** The language that prompt and rules are written in. */
const LANGUAGE = 'en'

/** Everything that decides what an insight says. */
export interface InsightOrder {
  readonly insightId: string
  readonly language: string
  readonly analysis: Analysis
  /** What of the analysis it is about. */
  readonly insightType: InsightType
  /** What the person says of these days; empty where nothing. */
  readonly context: string
}

export interface Wishes {
  /** The model that is asked: part of the insight's identity. */
  readonly model: string
  readonly insightType?: InsightType | undefined
  readonly context?: string | undefined
}

/** The insight of an analysis: a summary without context, unless more is wished. */
export function orderOf(
  analysis: Analysis,
  { model, insightType = 'summary', context = '' }: Wishes,
): InsightOrder {
  const said = context.replace(/\s+/g, ' ').trim()
  const id = insightId({
    analysisId: analysis.analysis_id,
    language: LANGUAGE,
    insightType,
    context: said,
    promptVersion: PROMPT_VERSION,
    model,
  })
  return { insightId: id, language: LANGUAGE, analysis, insightType, context: said }
}
