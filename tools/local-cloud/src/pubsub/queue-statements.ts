import type { DatabaseSync, StatementSync } from 'node:sqlite'

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
    held INTEGER NOT NULL,
    available_at INTEGER NOT NULL,
    PRIMARY KEY (subscription, message_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS pubsub_deliveries_by_message ON pubsub_deliveries (message_id);
  CREATE INDEX IF NOT EXISTS pubsub_deliveries_by_time
    ON pubsub_deliveries (subscription, leased, held, available_at);
  CREATE INDEX IF NOT EXISTS pubsub_dead_letters
    ON pubsub_messages (dead_letter_of) WHERE dead_letter_of IS NOT NULL;
  CREATE INDEX IF NOT EXISTS pubsub_deliveries_by_key
    ON pubsub_deliveries (subscription, ordering_key, message_id) WHERE ordering_key <> '';`

const THE_LEASED = 'subscription = ? AND message_id = ? AND attempts = ? AND leased = 1'

export type QueueStatements = ReturnType<typeof prepareQueue>
type Sql = (text: string) => StatementSync

/** Makes the tables of messages and deliveries where they are not there yet, and the statements that work on them. */
export function prepareQueue(database: DatabaseSync) {
  database.exec(SCHEMA)
  const sql: Sql = (text) => database.prepare(text)
  return { ...messageStatements(sql), ...takeStatements(sql), ...leaseStatements(sql), ...sumStatements(sql) }
}

function messageStatements(sql: Sql) {
  return {
    insertMessage: sql(
      `INSERT INTO pubsub_messages (data, attributes, ordering_key, published_at, dead_letter_of)
       VALUES (?, ?, ?, ?, ?) RETURNING id`,
    ),
    insertDelivery: sql(
      `INSERT INTO pubsub_deliveries (subscription, message_id, ordering_key, attempts, leased, held, available_at)
       VALUES (?1, ?2, ?3, 0, 0, ?3 <> '' AND EXISTS (
         SELECT 1 FROM pubsub_deliveries WHERE subscription = ?1 AND ordering_key = ?3 AND ordering_key <> ''), ?4)`,
    ),
    message: sql('SELECT * FROM pubsub_messages WHERE id = ?'),
    forget: sql(
      'DELETE FROM pubsub_messages WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM pubsub_deliveries WHERE message_id = ?1)',
    ),
    recall: sql(
      `UPDATE pubsub_deliveries SET leased = 0, attempts = attempts - 1, available_at = 0
       WHERE subscription = ? AND leased = 1`,
    ),
    drop: sql('DELETE FROM pubsub_deliveries WHERE subscription = ?'),
    clear: sql('DELETE FROM pubsub_deliveries'),
    sweep: sql('DELETE FROM pubsub_messages WHERE id NOT IN (SELECT message_id FROM pubsub_deliveries)'),
  }
}

function takeStatements(sql: Sql) {
  return {
    freeHeads: sql(
      `SELECT message_id, attempts FROM pubsub_deliveries
       WHERE subscription = ? AND leased = 0 AND held = 0 AND available_at <= ?
       ORDER BY available_at, message_id`,
    ),
    freeRuns: sql(
      `SELECT d.message_id, d.attempts FROM pubsub_deliveries d NOT INDEXED
       WHERE d.subscription = ?1 AND d.leased = 0 AND d.available_at <= ?2 AND (d.held = 0
         OR NOT EXISTS (SELECT 1 FROM pubsub_deliveries e WHERE e.subscription = ?1
           AND e.ordering_key = d.ordering_key AND e.ordering_key <> '' AND e.message_id < d.message_id
           AND (e.leased = 1 OR e.available_at > ?2)))
       ORDER BY d.message_id`,
    ),
    lease: sql(
      `UPDATE pubsub_deliveries SET leased = 1, attempts = attempts + 1, available_at = ?
       WHERE subscription = ? AND message_id = ?`,
    ),
  }
}

function leaseStatements(sql: Sql) {
  return {
    leased: sql(`SELECT 1 FROM pubsub_deliveries WHERE ${THE_LEASED}`),
    remove: sql(`DELETE FROM pubsub_deliveries WHERE ${THE_LEASED} RETURNING ordering_key`),
    unhold: sql(
      `UPDATE pubsub_deliveries SET held = 0 WHERE subscription = ?1 AND message_id = (
         SELECT MIN(message_id) FROM pubsub_deliveries
         WHERE subscription = ?1 AND ordering_key = ?2 AND ordering_key <> '')`,
    ),
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
  }
}

function sumStatements(sql: Sql) {
  return {
    nextDue: sql(
      `SELECT MIN(available_at) AS due FROM pubsub_deliveries
       WHERE subscription = ? AND leased IN (0, 1) AND held IN (0, 1) AND available_at > ?`,
    ),
    backlog: sql('SELECT COUNT(*) AS n FROM pubsub_deliveries WHERE subscription = ?'),
    deadLetters: sql('SELECT COUNT(*) AS n FROM pubsub_messages WHERE dead_letter_of = ?'),
  }
}
