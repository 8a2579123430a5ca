import { TOPICS } from '@clarity/contracts'
import { type EventBus, createPubSubEventBus } from '@clarity/event-bus'
import { createPushVerifier, createServiceVerifier } from '@clarity/identity'
import { type LanguageModel, createVertexLanguageModel } from '@clarity/language-model'
import { type RecordStore, createFirestoreRecordStore } from '@clarity/record-store'
import { type Service, createService } from '@clarity/service-shell'
import { currentTraceId } from '@clarity/telemetry'
import type { InsightConfig } from './config.ts'
import { events } from './events.ts'
import { onMlPredictions } from './routes/on-ml-predictions.ts'
import { postInsights } from './routes/post-insights.ts'
import { createTurns } from './turns.ts'
import { createGenerateInsight } from './use-cases/generate-insight.ts'
import { createMakeInsight } from './use-cases/make-insight.ts'
import { createNarrateAnalysis } from './use-cases/narrate-analysis.ts'
import { createWriteInsight } from './use-cases/write-insight.ts'

/** Parts that a test may bring itself. */
export interface InsightParts {
  readonly records: RecordStore
  readonly bus: EventBus
  readonly model: LanguageModel
  readonly now: () => Date
}

/** The private service that turns an analysis into a grounded insight. */
export function createInsightService(config: InsightConfig, overrides: Partial<InsightParts> = {}): Service {
  const { projectId, userHashKey } = config
  const parts: InsightParts = {
    records: overrides.records ?? createFirestoreRecordStore({ projectId, userHashKey }),
    bus: overrides.bus ?? createPubSubEventBus({ projectId }),
    model: overrides.model ?? createVertexLanguageModel({ projectId, ...config.vertex }),
    now: overrides.now ?? (() => new Date()),
  }
  const writeInsight = createWriteInsight({ ...parts, events, traceId: currentTraceId })
  const makeInsight = createMakeInsight({ ...parts, writeInsight, events })
  const makers = { ...parts, makeInsight, turns: createTurns(), model: parts.model.model, events }
  return createService({
    name: 'insight',
    config,
    routes: [
      onMlPredictions({
        verify: createPushVerifier(config.push),
        bus: parts.bus,
        uploads: parts.records.uploads,
        narrateAnalysis: createNarrateAnalysis(makers),
        events,
        now: parts.now,
      }),
      postInsights({
        verify: createServiceVerifier(config.internal),
        generateInsight: createGenerateInsight(makers),
      }),
    ],
    readiness: [
      { name: 'records', check: () => parts.records.check() },
      { name: 'bus', check: () => parts.bus.check(TOPICS.userInsights) },
    ],
    resources: [parts.records, parts.bus],
  })
}
