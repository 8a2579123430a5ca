import { unavailable } from '@clarity/failure'
import type { PubSub } from '@google-cloud/pubsub'
import { type DeadLetter, ackIds, deadLetter, pull, settle } from './pulled-messages.ts'

export interface DeadLetterRemoval {
  /** Of the topic whose messages were given up, e.g. `ml-predictions`. */
  readonly topic: string
  readonly matches: (message: DeadLetter) => boolean
}

export interface Pulling {
  /** A pull that brings nothing in this time says that nothing lies there. */
  readonly patienceMs: number
}

const PULLED_AT_ONCE = 1000

/** Removes the matching messages from a topic's dead letters and lets go of the others; answers how many it removed. */
export async function removeDeadLetters(
  client: PubSub,
  { topic, matches, patienceMs }: DeadLetterRemoval & Pulling,
): Promise<number> {
  const subscription = client.subscription(`${topic}-dead-letter`).name
  const seen = new Set<string>()
  const kept: string[] = []
  let removed = 0
  try {
    for (;;) {
      const pulled = await pull(client, { subscription, patienceMs, atMost: PULLED_AT_ONCE })
      // Messages that were seen come again when their lease is over: then all have been seen.
      const fresh = pulled.filter(({ message }) => !seen.has(message?.messageId ?? ''))
      for (const { message } of fresh) seen.add(message?.messageId ?? '')
      const matching = fresh.filter((found) => matches(deadLetter(found)))
      await settle(client, 'acknowledge', { subscription, ackIds: ackIds(matching) })
      removed += matching.length
      kept.push(...ackIds(pulled.filter((found) => !matching.includes(found))))
      if (fresh.length === 0) return removed
    }
  } catch (error) {
    throw unavailable({ code: 'pubsub-unavailable', detail: 'Pub/Sub does not answer.' }, error)
  } finally {
    const release = { subscription, ackIds: kept, ackDeadlineSeconds: 0 }
    // They come back by themselves as well, only later.
    await settle(client, 'modifyAckDeadline', release).catch(() => undefined)
  }
}
