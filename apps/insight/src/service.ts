import { TOPICS } from '@clarity/contracts'
import { type EventBus, createPubSubEventBus } from '@clarity/event-bus'
import { createPushVerifier } from '@clarity/identity'
import { type LanguageModel, createVertexLanguageModel } from '@clarity/language-model'
import { type RecordStore, createFirestoreRecordStore } from '@clarity/record-store'
import { type Service, createService } from '@clarity/service-shell'
import { currentTraceId } from '@clarity/telemetry'
import type { InsightConfig } from './config.ts'
import { events } from './events.ts'
import { onMlPredictions } from './routes/on-ml-predictions.ts'
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
  const narrateAnalysis = createNarrateAnalysis({ ...parts, writeInsight, events, model: parts.model.model })
  return createService({
    name: 'insight',
    config,
    routes: [
      onMlPredictions({
        verify: createPushVerifier(config.push),
        bus: parts.bus,
        uploads: parts.records.uploads,
        narrateAnalysis,
        events,
        now: parts.now,
      }),
    ],
    readiness: [
      { name: 'records', check: () => parts.records.check() },
      { name: 'bus', check: () => parts.bus.check(TOPICS.userInsights) },
    ],
    resources: [parts.records, parts.bus],
  })
}
