import { TOPICS, type UploadReceived, uploadReceivedSchema, type PushMessage } from '@clarity/contracts'
import type { EventBus } from '@clarity/event-bus'
import type { Uploads } from '@clarity/record-store'
import { type Route, pushRoute } from '@clarity/service-shell'
import { setContext } from '@clarity/telemetry'
import { events } from '../events.ts'
import { type RemovalParts, removals } from './removals.ts'
import type { AnalyseUpload } from '../use-cases/analyse-upload.ts'

export interface HealthDataProcessingParts extends RemovalParts {
  readonly verify: (authorizationHeader?: string) => Promise<void>
  readonly bus: EventBus
  readonly uploads: Uploads
  readonly analyseUpload: AnalyseUpload
  readonly now: () => Date
}

/** `POST /push/health-data-processing`: an upload waits to be analysed, was deleted, or a person is to be erased. */
export function onHealthDataProcessing(parts: HealthDataProcessingParts): Route {
  const { verify, bus, uploads, analyseUpload, now } = parts

  const fail = async (message: PushMessage, error: { code: string; title: string }) => {
    const upload = uploadReceivedSchema.safeParse(message.data).data
    if (upload) await uploads.fail(upload.user_id, upload.upload_id, { at: now().toISOString(), error })
  }

  return pushRoute<UploadReceived>({
    path: `/push/${TOPICS.healthDataProcessing}`,
    verify,
    bus,
    eventType: 'upload.received',
    schema: uploadReceivedSchema,
    otherMessages: removals(parts),
    handle: async (upload, _message, signal) => {
      setContext({ upload_id: upload.upload_id, user_id: upload.user_id })
      await analyseUpload(upload, signal)
    },
    onRejected: async (message, failure) => {
      events.uploadRejected({ kind: failure.kind, code: failure.details.code ?? failure.kind })
      await fail(message, { code: failure.details.code ?? failure.kind, title: failure.details.detail })
    },
    onExhausted: async (message) => {
      events.uploadExhausted()
      await fail(message, {
        code: 'exhausted',
        title: 'The upload could not be analysed in several attempts.',
      })
    },
  })
}
