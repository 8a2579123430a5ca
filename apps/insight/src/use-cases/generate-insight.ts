import type { Insight, InternalInsight } from '@clarity/contracts'
import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { orderOf } from '../domain/insight-order.ts'
import type { Turns } from '../turns.ts'
import type { MakeInsight } from './make-insight.ts'

export interface GenerateInsightParts {
  readonly records: Pick<RecordStore, 'analyses' | 'insights'>
  readonly makeInsight: MakeInsight
  readonly turns: Turns
  readonly model: string
}

export type GenerateInsight = (
  wanted: InternalInsight,
  how: { readonly wait: boolean; readonly signal: AbortSignal },
) => Promise<{ insightId: string; insight: Insight | null }>

/**
 * The insight that a person asks for: the stored one where nothing changed, else a new one; without waiting, its id
 * alone. `not-found` where the person has no such analysis. Nobody is notified: the person waits for the answer.
 */
export function createGenerateInsight(parts: GenerateInsightParts): GenerateInsight {
  const { records, makeInsight, turns, model } = parts
  return async ({ user_id: userId, analysis_id, insight_type: insightType, context }, { wait, signal }) => {
    const analysis = await records.analyses.get(userId, analysis_id)
    if (!analysis) throw notFound('There is no such analysis.')
    const order = orderOf(analysis, { model, insightType, context })
    const { insightId } = order
    const found = await records.insights.get(userId, insightId)
    if (found?.status === 'ready') return { insightId, insight: fromCache(found.insight) }
    if (!wait) return { insightId, insight: null }
    return { insightId, insight: await turns.take(userId, () => makeInsight(userId, order, signal)) }
  }
}

function fromCache(insight: Insight): Insight {
  return { ...insight, usage: { ...insight.usage, cached: true } }
}
