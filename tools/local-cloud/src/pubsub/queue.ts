import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { OutgoingMessage, StoredMessage, SubscriptionResource } from './protocol.ts'

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
 * when its ack deadline ends.
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

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS pubsub_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    data BLOB NOT NULL,
    attributes TEXT NOT NULL,
    ordering_key TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    dead_letter_of TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS pubsub_deliveries (
    subscription TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    ordering_key TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    leased INTEGER NOT NULL,
    available_at INTEGER NOT NULL,
    PRIMARY KEY (subscription, message_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS pubsub_deliveries_by_message ON pubsub_deliveries (message_id);
  CREATE INDEX IF NOT EXISTS pubsub_deliveries_by_time ON pubsub_deliveries (subscription, leased, available_at);
  CREATE INDEX IF NOT EXISTS pubsub_deliveries_by_key
    ON pubsub_deliveries (subscription, ordering_key, message_id) WHERE ordering_key <> '';`

const JOINED = `SELECT d.subscription, d.message_id, d.attempts,
    m.data, m.attributes, m.ordering_key, m.published_at
  FROM pubsub_deliveries d JOIN pubsub_messages m ON m.id = d.message_id`
const THE_LEASED = 'subscription = ? AND message_id = ? AND attempts = ? AND leased = 1'

export function createQueue(database: DatabaseSync): Queue {
  database.exec(SCHEMA)
  const statements = prepare(database)
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

type Statements = ReturnType<typeof prepare>

function prepare(database: DatabaseSync) {
  const sql = (text: string): StatementSync => database.prepare(text)
  return {
    insertMessage: sql(
      `INSERT INTO pubsub_messages (data, attributes, ordering_key, published_at, dead_letter_of)
       VALUES (?, ?, ?, ?, ?) RETURNING id`,
    ),
    insertDelivery: sql('INSERT INTO pubsub_deliveries VALUES (?, ?, ?, 0, 0, ?)'),
    forget: sql(
      'DELETE FROM pubsub_messages WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM pubsub_deliveries WHERE message_id = ?1)',
    ),
    free: sql(
      `${JOINED} WHERE d.subscription = ? AND d.leased = 0 AND d.available_at <= ? AND (d.ordering_key = ''
         OR NOT EXISTS (SELECT 1 FROM pubsub_deliveries e WHERE e.subscription = d.subscription
           AND e.ordering_key = d.ordering_key AND e.message_id < d.message_id
           AND (e.leased = 1 OR e.available_at > ? OR ?)))
       ORDER BY d.message_id`,
    ),
    lease: sql(
      `UPDATE pubsub_deliveries SET leased = 1, attempts = attempts + 1, available_at = ?
       WHERE subscription = ? AND message_id = ?`,
    ),
    leased: sql(
      `${JOINED} WHERE d.subscription = ? AND d.message_id = ? AND d.attempts = ? AND d.leased = 1`,
    ),
    remove: sql(`DELETE FROM pubsub_deliveries WHERE ${THE_LEASED}`),
    release: sql(
      `UPDATE pubsub_deliveries SET leased = 0, available_at = ? WHERE ${THE_LEASED} RETURNING ordering_key`,
    ),
    releaseLater: sql(
      `UPDATE pubsub_deliveries SET leased = 0, available_at = ?
       WHERE subscription = ? AND ordering_key = ? AND message_id > ? AND leased = 1`,
    ),
    extend: sql(`UPDATE pubsub_deliveries SET available_at = ? WHERE ${THE_LEASED}`),
    expired: sql(
      `SELECT message_id, attempts FROM pubsub_deliveries
       WHERE subscription = ? AND leased = 1 AND available_at <= ? ORDER BY message_id`,
    ),
    nextDue: sql(
      `SELECT MIN(available_at) AS due FROM pubsub_deliveries
       WHERE subscription = ? AND leased IN (0, 1) AND available_at > ?`,
    ),
    recall: sql(
      `UPDATE pubsub_deliveries SET leased = 0, attempts = attempts - 1, available_at = 0
       WHERE subscription = ? AND leased = 1`,
    ),
    drop: sql('DELETE FROM pubsub_deliveries WHERE subscription = ?'),
    clear: sql('DELETE FROM pubsub_deliveries'),
    sweep: sql('DELETE FROM pubsub_messages WHERE id NOT IN (SELECT message_id FROM pubsub_deliveries)'),
    backlog: sql('SELECT COUNT(*) AS n FROM pubsub_deliveries WHERE subscription = ?'),
    deadLetters: sql('SELECT COUNT(*) AS n FROM pubsub_messages WHERE dead_letter_of = ?'),
  }
}

function writing(statements: Statements): Pick<Queue, 'enqueue' | 'remove'> {
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
      statements.remove.run(subscription, Number(messageId), attempt)
      statements.forget.run(Number(messageId))
    },
  }
}

function leasing(
  statements: Statements,
): Pick<Queue, 'take' | 'leased' | 'release' | 'extend' | 'expired' | 'nextDue'> {
  return {
    take(subscription, { limit, now, deadlineAt, oneByOne }) {
      const taken: Delivery[] = []
      let bytes = 0
      for (const row of statements.free.iterate(subscription, now, now, Number(oneByOne))) {
        const delivery = toDelivery(row)
        bytes += delivery.message.data.length
        if (taken.length > 0 && bytes > TAKE_BYTES) break
        taken.push({ ...delivery, attempt: delivery.attempt + 1 })
        if (taken.length >= limit) break
      }
      for (const { message } of taken)
        statements.lease.run(deadlineAt, subscription, Number(message.messageId))
      return taken
    },
    leased({ subscription, messageId, attempt }) {
      const row = statements.leased.get(subscription, Number(messageId), attempt)
      return row && toDelivery(row)
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

function counting(statements: Statements): Pick<Queue, 'backlog' | 'deadLetters'> {
  return {
    backlog: (subscription) => Number(statements.backlog.get(subscription)?.['n']),
    deadLetters: (subscription) => Number(statements.deadLetters.get(subscription)?.['n']),
  }
}

function toDelivery(row: Record<string, unknown>): Delivery {
  return {
    subscription: String(row['subscription']),
    attempt: Number(row['attempts']),
    message: {
      messageId: String(row['message_id']),
      data: Buffer.from(row['data'] as Uint8Array),
      attributes: JSON.parse(String(row['attributes'])) as Record<string, string>,
      orderingKey: String(row['ordering_key']),
      publishedAtMs: Number(row['published_at']),
    },
  }
}
