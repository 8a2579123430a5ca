import { TOPICS, type UserErased } from '@clarity/contracts'
import type { DeadLetter, EventBus } from '@clarity/event-bus'
import { notFound } from '@clarity/failure'
import type { RawStore } from '@clarity/raw-store'
import type { RecordStore } from '@clarity/record-store'
import { z } from 'zod'
import { events } from '../events.ts'

export interface EraseUserParts {
  readonly records: Pick<RecordStore, 'erasures'>
  readonly raw: RawStore
  readonly bus: Pick<EventBus, 'removeDeadLetters'>
  readonly now: () => Date
}

export type EraseUser = (event: UserErased, signal: AbortSignal) => Promise<void>

/**
 * Everything of an erased person goes: bytes, messages that were given up, records. The records name the bytes, so
 * they go last, and each step can be repeated. One audit record stays.
 */
export function createEraseUser({ records: { erasures }, raw, bus, now }: EraseUserParts): EraseUser {
  return async ({ user_id: userId }, signal) => {
    if (!(await erasures.isMarked(userId))) {
      throw notFound({ code: 'erasure_not_asked', detail: 'Nobody asked for this erasure.' })
    }
    for await (const stored of erasures.storedBytes(userId)) {
      let objects = 0
      for (const { object_path } of stored) if (await raw.deleteObject(object_path, signal)) objects += 1
      if (objects > 0) await erasures.count(userId, { objects })
    }
    const matches = isOf(userId)
    const removals = Object.values(TOPICS).map((topic) => bus.removeDeadLetters({ topic, matches }))
    const messages = (await Promise.all(removals)).reduce((sum, removed) => sum + removed, 0)
    if (messages > 0) await erasures.count(userId, { messages })
    const documents = await erasures.removeDocuments(userId)
    if (documents > 0) await erasures.count(userId, { documents })
    await erasures.finish(userId, now().toISOString())
    events.userErased()
  }
}

const ofUser = z.object({ user_id: z.string() })

/** Whether a message speaks of this person: in its key, its data, or the name of the object that it tells of. */
function isOf(userId: string): (message: DeadLetter) => boolean {
  const folder = `incoming/${encodeURIComponent(userId)}/`
  return ({ orderingKey, data, attributes }) =>
    orderingKey === userId ||
    ofUser.safeParse(data).data?.user_id === userId ||
    attributes.objectId?.startsWith(folder) === true
}
