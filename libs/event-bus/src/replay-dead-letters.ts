import { unavailable } from '@clarity/failure'
import type { PubSub, Topic } from '@google-cloud/pubsub'
import { type DeadLetter, type Pulled, ackIds, deadLetter, pull, settle } from './pulled-messages.ts'

export interface DeadLetterReplay {
  /** Whose messages were given up, e.g. `ml-predictions`. */
  readonly topic: string
  /** How many messages are looked at, at most. */
  readonly limit: number
  /** What is done with one: published anew and taken, taken without that, or left where it is. */
  readonly decide: (message: DeadLetter) => Promise<Replayed>
}

export type Replayed = 'published' | 'dropped' | 'left'
export type ReplayCounts = Readonly<Record<Replayed, number>>

interface Replaying {
  /** The topic's own handle, which publishes in order. */
  readonly target: Topic
  readonly patienceMs: number
}

// Few enough that the last is settled before the lease of the first is over.
const PULLED_AT_ONCE = 50

/**
 * Publishes messages that were given up to their topic anew, as they were first sent: bytes, ordering key and attributes,
 * `traceparent` with them. A message is taken once it is published; after a failure the others are left.
 */
export async function replayDeadLetters(
  client: PubSub,
  { topic, limit, decide, target, patienceMs }: DeadLetterReplay & Replaying,
): Promise<ReplayCounts> {
  const subscription = client.subscription(`${topic}-dead-letter`).name
  const counts: Record<Replayed, number> = { published: 0, dropped: 0, left: 0 }
  const seen = new Set<string>()
  const leased = new Set<string>()
  try {
    while (seen.size < limit) {
      const atMost = Math.min(PULLED_AT_ONCE, limit - seen.size)
      const pulled = await answered(pull(client, { subscription, patienceMs, atMost }))
      for (const ackId of ackIds(pulled)) leased.add(ackId)
      const fresh = pulled.filter(({ message }) => !seen.has(message?.messageId ?? ''))
      if (fresh.length === 0) break
      for (const found of fresh) {
        seen.add(found.message?.messageId ?? '')
        const replayed = await decide(deadLetter(found))
        if (replayed === 'published') await answered(publishAnew(target, found))
        if (replayed !== 'left') {
          await answered(settle(client, 'acknowledge', { subscription, ackIds: ackIds([found]) }))
          leased.delete(found.ackId ?? '')
        }
        counts[replayed] += 1
      }
    }
    return counts
  } finally {
    const release = { subscription, ackIds: [...leased], ackDeadlineSeconds: 0 }
    // They come back by themselves as well, only later.
    await settle(client, 'modifyAckDeadline', release).catch(() => undefined)
  }
}

async function publishAnew(target: Topic, { message }: Pulled): Promise<void> {
  const orderingKey = message?.orderingKey ?? ''
  const attributes = Object.entries(message?.attributes ?? {}).filter(
    ([name]) => !name.startsWith('CloudPubSubDeadLetter'),
  )
  const published = target.publishMessage({
    data: Buffer.from(message?.data ?? ''),
    attributes: Object.fromEntries(attributes),
    ...(orderingKey !== '' && { orderingKey }),
  })
  // The client refuses an ordering key after a failure until it is told to go on.
  published.catch(() => target.resumePublishing(orderingKey))
  await published
}

async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw unavailable({ code: 'pubsub-unavailable', detail: 'Pub/Sub does not answer.' }, error)
  }
}
