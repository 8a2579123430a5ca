import { type EventType, uploadDeletedSchema, userErasedSchema } from '@clarity/contracts'
import { type AnyMessage, messageOf } from '@clarity/service-shell'
import { setContext } from '@clarity/telemetry'
import { events } from '../events.ts'
import type { DeleteUpload } from '../use-cases/delete-upload.ts'
import type { EraseUser } from '../use-cases/erase-user.ts'

export interface RemovalParts {
  readonly deleteUpload: DeleteUpload
  readonly eraseUser: EraseUser
}

/** What else `health-data-processing` carries: a deleted upload, an erased person. */
export function removals({ deleteUpload, eraseUser }: RemovalParts): AnyMessage[] {
  return [
    messageOf({
      eventType: 'upload.deleted',
      schema: uploadDeletedSchema,
      handle: async (event, _message, signal) => {
        setContext({ upload_id: event.upload_id, user_id: event.user_id })
        await deleteUpload(event, signal)
      },
      ...failing('upload.deleted'),
    }),
    messageOf({
      eventType: 'user.erased',
      schema: userErasedSchema,
      handle: async (event, _message, signal) => {
        setContext({ user_id: event.user_id })
        await eraseUser(event, signal)
      },
      ...failing('user.erased'),
    }),
  ]
}

function failing(eventType: EventType): Pick<AnyMessage, 'onRejected' | 'onExhausted'> {
  return {
    onRejected: async (_message, { kind, details: { code = kind } }) =>
      events.removalRejected({ eventType, code }),
    onExhausted: async () => events.removalExhausted({ eventType }),
  }
}
