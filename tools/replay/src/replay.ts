import { EVENT_TYPES, INCOMING_PREFIX } from '@clarity/contracts'
import type { DeadLetter, EventBus, Replayed } from '@clarity/event-bus'
import type { Erasures } from '@clarity/record-store'
import type { ReplayArguments } from './arguments.ts'

export interface ReplayParts {
  readonly bus: Pick<EventBus, 'replayDeadLetters'>
  readonly erasures: Pick<Erasures, 'isMarked'>
}

/**
 * Gives the messages of a dead-letter subscription to their topic anew, those of erased people left out, and answers one
 * line for each kind of message: how many, and what became of them. The lines name no person and no content.
 */
export async function replay(
  { topic, limit, dryRun }: ReplayArguments,
  { bus, erasures }: ReplayParts,
): Promise<string[]> {
  const counts = new Map<string, number>()
  const decide = async (message: DeadLetter): Promise<Replayed> => {
    const isErased = await concernsErased(message, erasures)
    const replayed = dryRun ? 'left' : isErased ? 'dropped' : 'published'
    const line = `${kindOf(message)}: ${isErased ? 'of an erased person, ' : ''}${replayed}`
    counts.set(line, (counts.get(line) ?? 0) + 1)
    return replayed
  }
  await bus.replayDeadLetters({ topic, limit, decide })
  return [...counts].map(([line, count]) => `${count} × ${line}`).sort()
}

function kindOf({ attributes }: DeadLetter): string {
  if (attributes['eventType'] === 'OBJECT_FINALIZE') return 'arrived object'
  return EVENT_TYPES.find((type) => type === attributes['event_type']) ?? 'unknown kind'
}

/** The message that asks for an erasure comes after its mark: it is the one that still has to arrive. */
async function concernsErased(message: DeadLetter, erasures: ReplayParts['erasures']): Promise<boolean> {
  if (kindOf(message) === 'user.erased') return false
  const userId = personOf(message)
  return userId !== undefined && (await erasures.isMarked(userId))
}

/** Whom a message is about: its key, its data, or the name of the object that it tells of says so. */
function personOf({ orderingKey, data, attributes }: DeadLetter): string | undefined {
  if (orderingKey !== '') return orderingKey
  if (typeof data === 'object' && data !== null && 'user_id' in data && typeof data.user_id === 'string')
    return data.user_id
  const path = attributes['objectId'] ?? ''
  const folder = path.startsWith(INCOMING_PREFIX) ? path.slice(INCOMING_PREFIX.length).split('/')[0] : ''
  return folder ? decodeURIComponent(folder) : undefined
}
