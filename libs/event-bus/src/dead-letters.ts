import { unavailable } from '@clarity/failure'
import type { PubSub } from '@google-cloud/pubsub'
import type { google } from '@google-cloud/pubsub/build/protos/protos.js'

/** A message that lies in a dead-letter subscription. */
export interface DeadLetter {
  /** The decoded JSON, or the text where it is none. */
  readonly data: unknown
  readonly attributes: Readonly<Record<string, string>>
  readonly orderingKey: string
}

export interface DeadLetterRemoval {
  /** Of the topic whose messages were given up, e.g. `ml-predictions`. */
  readonly topic: string
  readonly matches: (message: DeadLetter) => boolean
}

export interface Pulling {
  /** A pull that brings nothing in this time says that nothing lies there. */
  readonly patienceMs: number
}

type Pulled = google.pubsub.v1.IReceivedMessage

const PULLED_AT_ONCE = 1000
const DEADLINE_EXCEEDED = 4

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
      const pulled = await pull(client, subscription, patienceMs)
      // Messages that were seen come again when their lease is over: then all have been seen.
      const fresh = pulled.filter(({ message }) => !seen.has(message?.messageId ?? ''))
      for (const { message } of fresh) seen.add(message?.messageId ?? '')
      const matching = fresh.filter((found) => matches(deadLetter(found)))
      await call(client, 'acknowledge', { subscription, ackIds: ackIds(matching) })
      removed += matching.length
      kept.push(...ackIds(pulled.filter((found) => !matching.includes(found))))
      if (fresh.length === 0) return removed
    }
  } catch (error) {
    throw unavailable({ code: 'pubsub-unavailable', detail: 'Pub/Sub does not answer.' }, error)
  } finally {
    const release = { subscription, ackIds: kept, ackDeadlineSeconds: 0 }
    // They come back by themselves as well, only later.
    await call(client, 'modifyAckDeadline', release).catch(() => undefined)
  }
}

async function pull(client: PubSub, subscription: string, patienceMs: number): Promise<readonly Pulled[]> {
  try {
    const answer = await request<google.pubsub.v1.IPullResponse>(client, {
      method: 'pull',
      reqOpts: { subscription, maxMessages: PULLED_AT_ONCE },
      gaxOpts: { timeout: patienceMs, retry: null },
    })
    return answer.receivedMessages ?? []
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === DEADLINE_EXCEEDED) return []
    throw error
  }
}

interface Settlement {
  readonly subscription: string
  readonly ackIds: readonly string[]
  readonly ackDeadlineSeconds?: number
}

async function call(client: PubSub, method: string, reqOpts: Settlement): Promise<void> {
  if (reqOpts.ackIds.length === 0) return
  await request(client, { method, reqOpts })
}

interface Request {
  readonly method: string
  readonly reqOpts: object
  readonly gaxOpts?: object
}

/** The client's own door to the subscriber's methods: it knows project, credentials and emulator. */
function request<T>(client: PubSub, { method, reqOpts, gaxOpts = {} }: Request): Promise<T> {
  return new Promise((resolve, reject) => {
    client.request<T>({ client: 'SubscriberClient', method, reqOpts, gaxOpts }, (error, answer) => {
      if (error) reject(error)
      else resolve(answer as T)
    })
  })
}

function ackIds(pulled: readonly Pulled[]): string[] {
  return pulled.flatMap(({ ackId }) => ackId ?? [])
}

function deadLetter({ message }: Pulled): DeadLetter {
  const text = Buffer.from(message?.data ?? '').toString('utf8')
  return {
    data: decode(text),
    attributes: message?.attributes ?? {},
    orderingKey: message?.orderingKey ?? '',
  }
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
