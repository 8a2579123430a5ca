import { createHash } from 'node:crypto'

export interface InsightIdentity {
  readonly analysisId: string
  readonly language: string
  readonly insightType: string
  readonly context: string
  readonly promptVersion: string
  /** The model that is asked. */
  readonly model: string
}

/** The id of an insight, from everything that decides what it says; no clock, no upload. */
export function insightId(identity: InsightIdentity): string {
  const { analysisId, language, insightType, context, promptVersion, model } = identity
  const content = JSON.stringify([analysisId, language, insightType, context, promptVersion, model])
  return `ins_${createHash('sha256').update(content).digest('hex').slice(0, 32)}`
}
