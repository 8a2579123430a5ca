import { type AnalysisCompleted, TOPICS, analysisCompletedSchema, type PushMessage } from '@clarity/contracts'
import type { EventBus } from '@clarity/event-bus'
import type { Uploads } from '@clarity/record-store'
import { type Route, pushRoute } from '@clarity/service-shell'
import { setContext } from '@clarity/telemetry'
import type { InsightEvents } from '../events.ts'
import type { NarrateAnalysis } from '../use-cases/narrate-analysis.ts'

export interface MlPredictionsParts {
  readonly verify: (authorizationHeader?: string) => Promise<void>
  readonly bus: EventBus
  readonly uploads: Uploads
  readonly narrateAnalysis: NarrateAnalysis
  readonly events: InsightEvents
  readonly now: () => Date
}

/** Two asks of the model with all their attempts fit in; the subscription waits 120 s for an answer. */
const DEADLINE_MS = 110_000

/** `POST /push/ml-predictions`: an analysis is complete and waits for its insight. */
export function onMlPredictions(parts: MlPredictionsParts): Route {
  const { verify, bus, uploads, narrateAnalysis, events, now } = parts

  const fail = async (message: PushMessage, error: { code: string; title: string }) => {
    const event = analysisCompletedSchema.safeParse(message.data).data
    if (event?.upload_id === undefined) return
    await uploads.fail(event.user_id, event.upload_id, { at: now().toISOString(), error })
  }

  return pushRoute<AnalysisCompleted>({
    path: `/push/${TOPICS.mlPredictions}`,
    verify,
    bus,
    eventType: 'analysis.completed',
    schema: analysisCompletedSchema,
    deadlineMs: DEADLINE_MS,
    handle: async (event, _message, signal) => {
      setContext({ analysis_id: event.analysis_id, user_id: event.user_id })
      await narrateAnalysis(event, signal)
    },
    onRejected: async (message, failure) => {
      const code = failure.details.code ?? failure.kind
      events.narrationRejected(code)
      await fail(message, { code, title: failure.details.detail })
    },
    onExhausted: async (message) => {
      events.narrationExhausted()
      await fail(message, { code: 'exhausted', title: 'The insight could not be made in several attempts.' })
    },
  })
}
