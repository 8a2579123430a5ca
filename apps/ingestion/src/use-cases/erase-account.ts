import { TOPICS, type UserErased, messageAttributes } from '@clarity/contracts'
import type { EventBus } from '@clarity/event-bus'
import type { Identity } from '@clarity/identity'
import type { RecordStore } from '@clarity/record-store'
import { accountUsed } from '../events.ts'

export interface EraseAccountParts {
  readonly identity: Identity
  readonly records: RecordStore
  readonly bus: EventBus
  readonly now: () => Date
}

/**
 * Erases a person: from the mark on nothing of theirs is written, analysis removes what is held, and the account goes
 * last, so that whoever was interrupted can ask again.
 */
export function eraseAccount({ identity, records, bus, now }: EraseAccountParts) {
  return async (userId: string): Promise<void> => {
    await records.erasures.mark(userId, now().toISOString())
    await bus.publish({
      topic: TOPICS.healthDataProcessing,
      data: { schema_version: 1, user_id: userId } satisfies UserErased,
      attributes: messageAttributes('user.erased', undefined),
      orderingKey: userId,
    })
    await identity.deleteUser(userId)
    accountUsed('erased')
  }
}
