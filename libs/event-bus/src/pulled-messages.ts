import type { PubSub } from '@google-cloud/pubsub'
import type { google } from '@google-cloud/pubsub/build/protos/protos.js'

/** A message that lies in a dead-letter subscription. */
export interface DeadLetter {
  /** The decoded JSON, or the text where it is none. */
  readonly data: unknown
  readonly attributes: Readonly<Record<string, string>>
  readonly orderingKey: string
}

export type Pulled = google.pubsub.v1.IReceivedMessage

interface Pull {
  /** Its whole name. */
  readonly subscription: string
  /** A pull that brings nothing in this time says that nothing lies there. */
  readonly patienceMs: number
  readonly atMost: number
}

const DEADLINE_EXCEEDED = 4

/** Takes messages of a subscription; none when nothing came in time. */
export async function pull(
  client: PubSub,
  { subscription, patienceMs, atMost }: Pull,
): Promise<readonly Pulled[]> {
  try {
    const answer = await request<google.pubsub.v1.IPullResponse>(client, {
      method: 'pull',
      reqOpts: { subscription, maxMessages: atMost },
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

/** `acknowledge` or `modifyAckDeadline`; nothing for no message. */
export async function settle(client: PubSub, method: string, reqOpts: Settlement): Promise<void> {
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

/** The handles of messages that were taken. */
export function ackIds(pulled: readonly Pulled[]): string[] {
  return pulled.flatMap(({ ackId }) => ackId ?? [])
}

/** A message as a reader sees it. */
export function deadLetter({ message }: Pulled): DeadLetter {
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
