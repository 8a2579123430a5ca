import { type ObjectFinalized, type PushMessage, TOPICS, objectFinalizedSchema } from '@clarity/contracts'
import type { EventBus } from '@clarity/event-bus'
import type { Uploads } from '@clarity/record-store'
import { type Route, pushRoute } from '@clarity/service-shell'
import { arrivalExhausted, arrivalRejected } from '../events.ts'
import { ownerOf } from '../use-cases/incoming-path.ts'
import type { ReceiveObject } from '../use-cases/receive-object.ts'

export interface RawUploadFinalizedParts {
  readonly verify: (authorizationHeader?: string) => Promise<void>
  readonly bus: EventBus
  readonly uploads: Uploads
  readonly receive: ReceiveObject
  readonly now: () => Date
}

/** `POST /push/raw-upload-finalized`: Cloud Storage says that the object of a resumable upload is complete. */
export function onRawUploadFinalized(parts: RawUploadFinalizedParts): Route {
  const { verify, bus, uploads, receive, now } = parts

  const fail = async (message: PushMessage, error: { code: string; title: string }) => {
    const owner = ownerOf(objectFinalizedSchema.safeParse(message.data).data?.name ?? '')
    if (owner) await uploads.fail(owner.userId, owner.uploadId, { at: now().toISOString(), error })
  }

  return pushRoute<ObjectFinalized>({
    path: `/push/${TOPICS.rawUploadFinalized}`,
    verify,
    bus: inSessionTrace(bus),
    // What Cloud Storage says carries no type of ours: to this system it is the receipt of an upload.
    eventType: 'upload.received',
    schema: objectFinalizedSchema,
    handle: async (object, message, signal) => {
      if (message.attributes['eventType'] === 'OBJECT_FINALIZE') await receive(object, signal)
    },
    onRejected: async (message, { kind, details }) => {
      const code = details.code ?? kind
      arrivalRejected({ kind, code })
      await fail(message, { code, title: details.detail })
    },
    onExhausted: async (message) => {
      arrivalExhausted()
      await fail(message, {
        code: 'exhausted',
        title: 'The upload could not be taken up in several attempts.',
      })
    },
  })
}

/** The publisher is Cloud Storage, which knows no trace; the object carries that of the request for its session. */
function inSessionTrace(bus: EventBus): Pick<EventBus, 'parsePush' | 'processPush'> {
  return {
    parsePush(body) {
      const message = bus.parsePush(body)
      const { traceparent, tracestate } = objectFinalizedSchema.safeParse(message.data).data?.metadata ?? {}
      const trace = { ...(traceparent && { traceparent }), ...(tracestate && { tracestate }) }
      return { ...message, attributes: { ...message.attributes, ...trace } }
    },
    processPush: bus.processPush,
  }
}
