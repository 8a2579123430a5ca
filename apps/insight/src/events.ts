import type { Insight } from '@clarity/contracts'
import { counter, histogram, logger } from '@clarity/telemetry'

const made = counter('clarity.insights', { description: 'Insights made, by who wrote them.' })
const refused = counter('clarity.insight.refusals', {
  description: 'Answers of the model that were refused.',
})
const withheld = counter('clarity.insight.withheld', {
  description: 'Answers of the model that never came, or came cut off or blocked.',
})
const superseded = counter('clarity.insight.superseded', {
  description: 'Analyses that got no insight, because a newer one took their place.',
})
const failed = counter('clarity.insight.failures', { description: 'Messages that brought no insight.' })
const tokens = counter('clarity.insight.tokens', {
  description: 'Tokens spent on insights.',
  unit: '{token}',
})
const latency = histogram('clarity.insight.model_latency', {
  description: 'Time spent with the model for one insight.',
  unit: 's',
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80],
})

const wait = histogram('clarity.insight.upload_wait', {
  description: 'Time from the stored bytes of an upload to its insight.',
  unit: 's',
  buckets: [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900],
})

/** What happens in the insight service: one log line and one counter each. */
export const events = {
  insightGenerated({ insight_id, analysis_id, source, model, degraded, usage }: Insight): void {
    made.add(1, { source, degraded })
    tokens.add(usage.input_tokens, { 'gen_ai.token.type': 'input' })
    tokens.add(usage.output_tokens, { 'gen_ai.token.type': 'output' })
    latency.record(usage.latency_ms / 1000, { source })
    const { input_tokens, output_tokens } = usage
    const fields = { insight_id, analysis_id, source, model, degraded, input_tokens, output_tokens }
    logger.info(fields, 'insight generated')
  },
  /** An upload has its insight, so long after its bytes were stored. */
  uploadNarrated(durationMs: number): void {
    wait.record(durationMs / 1000)
    logger.info({ duration_ms: durationMs }, 'upload narrated')
  },
  /** The model's words were refused; the faults name places and rules, never the text. */
  answerRefused(attempt: number, faults: readonly string[]): void {
    refused.add(1, { attempt })
    logger.warn({ attempt, reason: faults.join(' ') }, 'model answer refused')
  },
  answerWithheld(reason: string): void {
    withheld.add(1, { reason })
    logger.warn({ reason }, 'model gave no answer')
  },
  analysisSuperseded(analysisId: string): void {
    superseded.add(1)
    logger.info({ analysis_id: analysisId }, 'analysis superseded')
  },
  narrationRejected(code: string): void {
    failed.add(1, { reason: code })
    logger.warn({ failure_code: code }, 'narration rejected')
  },
  narrationExhausted(): void {
    failed.add(1, { reason: 'exhausted' })
    logger.error({ failure_code: 'exhausted' }, 'narration exhausted')
  },
}

export type InsightEvents = typeof events
