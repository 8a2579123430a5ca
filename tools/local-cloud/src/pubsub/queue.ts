import type { DatabaseSync } from 'node:sqlite'
import type { OutgoingMessage, StoredMessage, SubscriptionResource } from './protocol.ts'
import { prepareQueue, type QueueStatements } from './queue-statements.ts'

/** A message handed to a subscriber, who has until its ack deadline to answer. */
export interface Delivery {
  readonly subscription: string
  readonly message: StoredMessage
  /** 1 for the first delivery. */
  readonly attempt: number
}

/** Names one delivery of one message. */
export type DeliveryKey = Pick<Delivery, 'subscription' | 'attempt'> & { readonly messageId: string }

interface TakeRequest {
  readonly limit: number
  readonly now: number
  readonly deadlineAt: number
  /** Of an ordering key only the first message (push); else those that follow it come along (pull). */
  readonly oneByOne: boolean
}

/**
 * The messages of all subscriptions, kept in SQLite: a row for each message and subscription that has not
 * acknowledged it. `available_at` is when it may be delivered or, while it is out with a subscriber (`leased`),
 * when its ack deadline ends. `held` marks that an earlier message of its ordering key is still there.
 */
export interface Queue {
  enqueue(
    messages: readonly OutgoingMessage[],
    to: readonly SubscriptionResource[],
    deadLetterOf?: string,
  ): string[]
  /** Leases the messages that may be delivered now; of an ordering key only those that nothing earlier holds back. */
  take(subscription: string, request: TakeRequest): Delivery[]
  /** The delivery, if it is still out. */
  leased(key: DeliveryKey): Delivery | undefined
  remove(key: DeliveryKey): void
  /** Gives a leased message back, and with it what is out of the same ordering key after it. */
  release(key: DeliveryKey, availableAt: number): void
  extend(key: DeliveryKey, deadlineAt: number): void
  expired(subscription: string, now: number): DeliveryKey[]
  /** When something next happens by itself after `now`. */
  nextDue(subscription: string, now: number): number | undefined
  /** Takes back what was out when the process ended, as if it had never been delivered. */
  recall(subscription: string): void
  drop(subscription: string): void
  clear(): void
  backlog(subscription: string): number
  /** Messages of `subscription` that were forwarded as dead letters and wait in some subscription. */
  deadLetters(subscription: string): number
}

/** Messages are handed out up to this many bytes at a time, the size of one publish request. */
const TAKE_BYTES = 10_000_000

export function createQueue(database: DatabaseSync): Queue {
  const statements = prepareQueue(database)
  return {
    ...writing(statements),
    ...leasing(statements),
    ...counting(statements),
    recall: (subscription) => void statements.recall.run(subscription),
    drop(subscription) {
      statements.drop.run(subscription)
      statements.sweep.run()
    },
    clear() {
      statements.clear.run()
      statements.sweep.run()
    },
  }
}

function writing(statements: QueueStatements): Pick<Queue, 'enqueue' | 'remove'> {
  return {
    enqueue(messages, to, deadLetterOf) {
      const now = Date.now()
      return messages.map(({ data, attributes, orderingKey }) => {
        const row = statements.insertMessage.get(
          data,
          JSON.stringify(attributes),
          orderingKey,
          now,
          deadLetterOf ?? null,
        )
        const id = Number(row?.['id'])
        for (const { name, enableMessageOrdering } of to)
          statements.insertDelivery.run(name, id, enableMessageOrdering ? orderingKey : '', now)
        if (to.length === 0) statements.forget.run(id)
        return String(id)
      })
    },
    remove({ subscription, messageId, attempt }) {
      const row = statements.remove.get(subscription, Number(messageId), attempt)
      if (!row) return
      statements.forget.run(Number(messageId))
      const key = String(row['ordering_key'])
      if (key !== '') statements.unhold.run(subscription, key)
    },
  }
}

function leasing(
  statements: QueueStatements,
): Pick<Queue, 'take' | 'leased' | 'release' | 'extend' | 'expired' | 'nextDue'> {
  return {
    take(subscription, { limit, now, deadlineAt, oneByOne }) {
      const free = oneByOne ? statements.freeHeads : statements.freeRuns
      const taken: Delivery[] = []
      let bytes = 0
      for (const row of free.iterate(subscription, now)) {
        const message = messageOf(statements, Number(row['message_id']))
        bytes += message.data.length
        if (taken.length > 0 && bytes > TAKE_BYTES) break
        taken.push({ subscription, message, attempt: Number(row['attempts']) + 1 })
        if (taken.length >= limit) break
      }
      for (const { message } of taken)
        statements.lease.run(deadlineAt, subscription, Number(message.messageId))
      return taken
    },
    leased({ subscription, messageId, attempt }) {
      const row = statements.leased.get(subscription, Number(messageId), attempt)
      return row && { subscription, attempt, message: messageOf(statements, Number(messageId)) }
    },
    release({ subscription, messageId, attempt }, availableAt) {
      const row = statements.release.get(availableAt, subscription, Number(messageId), attempt)
      const key = String(row?.['ordering_key'] ?? '')
      if (key !== '') statements.releaseLater.run(availableAt, subscription, key, Number(messageId))
    },
    extend: ({ subscription, messageId, attempt }, deadlineAt) =>
      void statements.extend.run(deadlineAt, subscription, Number(messageId), attempt),
    expired: (subscription, now) =>
      statements.expired.all(subscription, now).map((row) => ({
        subscription,
        messageId: String(row['message_id']),
        attempt: Number(row['attempts']),
      })),
    nextDue(subscription, now) {
      const due = statements.nextDue.get(subscription, now)?.['due']
      return typeof due === 'number' ? due : undefined
    },
  }
}

function counting(statements: QueueStatements): Pick<Queue, 'backlog' | 'deadLetters'> {
  return {
    backlog: (subscription) => Number(statements.backlog.get(subscription)?.['n']),
    deadLetters: (subscription) => Number(statements.deadLetters.get(subscription)?.['n']),
  }
}

function messageOf(statements: QueueStatements, id: number): StoredMessage {
  const row = statements.message.get(id) ?? {}
  return {
    messageId: String(id),
    data: Buffer.from(row['data'] as Uint8Array),
    attributes: JSON.parse(String(row['attributes'])) as Record<string, string>,
    orderingKey: String(row['ordering_key']),
    publishedAtMs: Number(row['published_at']),
  }
}
