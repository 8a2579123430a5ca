import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { inTransaction } from '../database.ts'
import type { Fields } from './messages.ts'
import { decodeFields, encodeFields } from './proto.ts'
import { type ResourcePath, afterDescendants, encodeKey, justAfter } from './resource-names.ts'
import { type Scope, contains } from './scopes.ts'
import { type CommitClock, type Micros, createCommitClock } from './timestamps.ts'

/** How long superseded versions stay readable: the longest life of a read-only transaction. */
export const HISTORY_MICROS = 270_000_000

const SCHEMA = `
CREATE TABLE IF NOT EXISTS firestore_documents (
  database TEXT NOT NULL, key BLOB NOT NULL, path TEXT NOT NULL, collection BLOB NOT NULL,
  collection_id TEXT NOT NULL, fields BLOB NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS firestore_by_key ON firestore_documents (database, key);
CREATE UNIQUE INDEX IF NOT EXISTS firestore_by_collection ON firestore_documents (database, collection, key);
CREATE UNIQUE INDEX IF NOT EXISTS firestore_by_group ON firestore_documents (database, collection_id, key);
CREATE TABLE IF NOT EXISTS firestore_history (
  database TEXT NOT NULL, key BLOB NOT NULL, path TEXT NOT NULL, collection BLOB NOT NULL,
  collection_id TEXT NOT NULL, fields BLOB NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
  replaced INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS firestore_history_by_key ON firestore_history (database, key);
CREATE INDEX IF NOT EXISTS firestore_history_by_age ON firestore_history (replaced);
CREATE TABLE IF NOT EXISTS firestore_clock (only INTEGER PRIMARY KEY CHECK (only = 1), last INTEGER NOT NULL);
`

export interface StoredDocument {
  readonly path: ResourcePath
  readonly key: Buffer
  readonly fields: Fields
  readonly created: Micros
  readonly updated: Micros
}

/** A walk through a scope in the order of names. */
export interface Walk {
  readonly scope: Scope
  /** Keys from here on (inclusive). */
  readonly from?: Buffer | undefined
  /** Keys before this (exclusive). */
  readonly until?: Buffer | undefined
  readonly descending?: boolean | undefined
}

export interface DocumentStore {
  readonly clock: CommitClock
  get(path: ResourcePath, at?: Micros): StoredDocument | undefined
  /** Walks documents by name, lazily; with `at`, as they were then (no longer ago than the history goes). */
  scan(walk: Walk, at?: Micros): Iterable<StoredDocument>
  /** The ids directly below a path, at which something exists or has descendants, from `after` on. */
  children(path: ResourcePath, after?: string): Iterable<string>
  /** Runs `work` with the time of the new commit; all that it puts and deletes is stored, or nothing. */
  commit<T>(work: (time: Micros) => T): T
  put(document: Omit<StoredDocument, 'key'>): void
  delete(path: ResourcePath, at: Micros): void
  rootCollections(): { name: string; documents: number }[]
  /** Deletes everything, and returns what there was. */
  clear(): ResourcePath[]
}

type Row = Record<string, SQLInputValue>

export function createStore(database: DatabaseSync): DocumentStore {
  database.exec(SCHEMA)
  const last = database.prepare('SELECT last FROM firestore_clock').get() as { last: number } | undefined
  const clock = createCommitClock(last?.last ?? 0)
  const forget = database.prepare('DELETE FROM firestore_history WHERE replaced < ?')
  const saveClock = database.prepare('INSERT OR REPLACE INTO firestore_clock (only, last) VALUES (1, ?)')
  return {
    clock,
    ...readers(database),
    ...writers(database),
    commit: (work) =>
      inTransaction(database, () => {
        const time = clock.next()
        const result = work(time)
        saveClock.run(time)
        forget.run(time - HISTORY_MICROS)
        return result
      }),
    rootCollections: () => rootCollections(database),
    clear: () => clear(database),
  }
}

function readers(database: DatabaseSync): Pick<DocumentStore, 'get' | 'scan' | 'children'> {
  const byKey = database.prepare('SELECT * FROM firestore_documents WHERE database = ? AND key = ?')
  const firstPath = database.prepare(
    'SELECT path FROM firestore_documents WHERE database = ? AND key >= ? AND key < ? ORDER BY key LIMIT 1',
  )
  return {
    get(path, at) {
      const key = encodeKey(path.segments)
      const row = byKey.get(path.database, key) as Row | undefined
      if (at === undefined || (row !== undefined && Number(row['updated']) <= at))
        return row && toDocument(row)
      const past = database
        .prepare(
          'SELECT * FROM firestore_history WHERE database = ? AND key = ? AND updated <= ? AND replaced > ?',
        )
        .get(path.database, key, at, at) as Row | undefined
      return past && toDocument(past)
    },
    *scan(walk, at) {
      const { where, parameters } = walkCondition(walk)
      const order = `ORDER BY key ${walk.descending ? 'DESC' : 'ASC'}`
      const current = `SELECT ${COLUMNS} FROM firestore_documents WHERE ${where}`
      const sql =
        at === undefined
          ? `${current} ${order}`
          : `${current} AND updated <= :at UNION ALL SELECT ${COLUMNS} FROM firestore_history
             WHERE ${where} AND updated <= :at AND replaced > :at ${order}`
      const statement = database.prepare(sql)
      const rows = statement.iterate(at === undefined ? parameters : { ...parameters, at })
      for (const row of rows) {
        const document = toDocument(row as Row)
        if (contains(walk.scope, document.path)) yield document
      }
    },
    *children(path, after) {
      const prefix = encodeKey(path.segments)
      const end = afterDescendants(prefix)
      let from =
        after === undefined ? justAfter(prefix) : afterDescendants(encodeKey([...path.segments, after]))
      for (;;) {
        const row = firstPath.get(path.database, from, end) as { path: string } | undefined
        const id = row?.path.split('/')[path.segments.length]
        if (id === undefined) return
        yield id
        from = afterDescendants(encodeKey([...path.segments, id]))
      }
    },
  }
}

const COLUMNS = 'database, key, path, collection, collection_id, fields, created, updated'

function walkCondition({ scope, from, until }: Walk): {
  where: string
  parameters: Record<string, SQLInputValue>
} {
  const { parent, collectionId, allDescendants } = scope
  const below = encodeKey(parent.segments)
  const conditions = ['database = :database']
  const parameters: Record<string, SQLInputValue> = { database: parent.database }
  if (collectionId !== undefined && !allDescendants) {
    conditions.push('collection = :collection')
    parameters['collection'] = encodeKey([...parent.segments, collectionId])
  } else if (collectionId !== undefined) {
    conditions.push('collection_id = :collectionId')
    parameters['collectionId'] = collectionId
  }
  // The parent's own key is the prefix of its descendants' keys: one byte more skips the parent itself.
  const lower = [justAfter(below), from].filter((key) => key !== undefined)
  const upper = [afterDescendants(below), until].filter((key) => key !== undefined)
  conditions.push('key >= :lower', 'key < :upper')
  parameters['lower'] = lower.reduce((a, b) => (Buffer.compare(a, b) >= 0 ? a : b))
  parameters['upper'] = upper.reduce((a, b) => (Buffer.compare(a, b) <= 0 ? a : b))
  return { where: conditions.join(' AND '), parameters }
}

function writers(database: DatabaseSync): Pick<DocumentStore, 'put' | 'delete'> {
  const archive = database.prepare(
    `INSERT INTO firestore_history (${COLUMNS}, replaced)
     SELECT ${COLUMNS}, :time FROM firestore_documents
     WHERE database = :database AND key = :key AND updated < :time`,
  )
  const upsert = database.prepare(
    `INSERT INTO firestore_documents (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (database, key) DO UPDATE SET fields = excluded.fields, created = excluded.created,
     updated = excluded.updated`,
  )
  const remove = database.prepare('DELETE FROM firestore_documents WHERE database = ? AND key = ?')
  return {
    put({ path, fields, created, updated }) {
      const key = encodeKey(path.segments)
      const collection = path.segments.slice(0, -1)
      archive.run({ time: updated, database: path.database, key })
      upsert.run(
        path.database,
        key,
        path.segments.join('/'),
        encodeKey(collection),
        collection.at(-1) ?? '',
        encodeFields(fields),
        created,
        updated,
      )
    },
    delete(path, at) {
      const key = encodeKey(path.segments)
      archive.run({ time: at, database: path.database, key })
      remove.run(path.database, key)
    },
  }
}

function toDocument(row: Row): StoredDocument {
  return {
    path: { database: String(row['database']), segments: String(row['path']).split('/') },
    key: Buffer.from(row['key'] as Uint8Array),
    fields: decodeFields(row['fields'] as Uint8Array),
    created: Number(row['created']),
    updated: Number(row['updated']),
  }
}

function clear(database: DatabaseSync): ResourcePath[] {
  const rows = database.prepare('SELECT database, path FROM firestore_documents').all() as {
    database: string
    path: string
  }[]
  database.exec('DELETE FROM firestore_documents; DELETE FROM firestore_history;')
  return rows.map((row) => ({ database: row.database, segments: row.path.split('/') }))
}

function rootCollections(database: DatabaseSync): { name: string; documents: number }[] {
  const rows = database
    .prepare(
      `SELECT CASE instr(path, '/') WHEN 0 THEN path ELSE substr(path, 1, instr(path, '/') - 1) END AS name,
       count(*) AS documents FROM firestore_documents GROUP BY 1 ORDER BY 1`,
    )
    .all() as { name: string; documents: number }[]
  return rows.map(({ name, documents }) => ({ name, documents }))
}
