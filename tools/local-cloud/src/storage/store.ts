import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from '../database.ts'
import type { BlobStore } from './blob-store.ts'

/** What a client may set on an object, in the words of the JSON API. */
export interface ObjectFields {
  readonly contentType?: string
  readonly contentEncoding?: string
  readonly contentDisposition?: string
  readonly contentLanguage?: string
  readonly cacheControl?: string
  readonly customTime?: string
  readonly storageClass?: string
  readonly metadata?: Readonly<Record<string, string>>
}

export interface StoredObject {
  readonly bucket: string
  readonly name: string
  readonly generation: number
  readonly metageneration: number
  readonly dataId: string
  readonly size: number
  /** Base64, as the JSON API writes them. */
  readonly crc32c: string
  readonly md5Hash: string
  readonly timeCreated: string
  readonly updated: string
  readonly fields: ObjectFields
}

export interface StoredBucket {
  readonly name: string
  readonly timeCreated: string
  readonly updated: string
  readonly metageneration: number
  readonly fields: Readonly<Record<string, unknown>>
}

/** Sorts behind every character that a name can hold: `prefix + LAST_CHARACTER` ends the names with that prefix. */
export const LAST_CHARACTER = '\u{10ffff}'

export interface StorageStore {
  bucket(name: string): StoredBucket | undefined
  buckets(): StoredBucket[]
  putBucket(bucket: StoredBucket): void
  removeBucket(name: string): void
  object(bucket: string, name: string): StoredObject | undefined
  /** Names in the order of their UTF-8 bytes, from `from` on, of those that begin with `prefix`. */
  objects(bucket: string, range: { prefix: string; from: string; limit: number }): StoredObject[]
  /** Puts the object in the place of the one of that name, whose bytes are freed. */
  putObject(object: StoredObject): void
  removeObject(object: StoredObject): void
  /** Microseconds since 1970, each greater than all before it. */
  nextGeneration(): number
  usage(): { name: string; objects: number; bytes: number }[]
  clearObjects(): void
}

/** The buckets and objects in SQLite; object bytes are in the blob store beside them. */
export function createStorageStore(database: DatabaseSync, blobs: BlobStore): StorageStore {
  database.exec(SCHEMA)
  let lastGeneration = Number(
    database.prepare('SELECT max(generation) AS last FROM storage_objects').get()?.['last'] ?? 0,
  )
  const objectByName = database.prepare('SELECT * FROM storage_objects WHERE bucket = ? AND name = ?')
  const putRow = database.prepare(
    `INSERT OR REPLACE INTO storage_objects (bucket, name, generation, data_id, size, record) VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const object = (bucket: string, name: string) => toObject(objectByName.get(bucket, name))

  return {
    ...bucketStore(database),
    object,
    objects: (bucket, { prefix, from, limit }) => {
      const rows = database.prepare(
        'SELECT * FROM storage_objects WHERE bucket = ? AND name >= ? AND name <= ? ORDER BY name LIMIT ?',
      )
      return rows
        .all(bucket, from > prefix ? from : prefix, prefix + LAST_CHARACTER, limit)
        .map((row) => toObject(row))
    },
    putObject: (next) =>
      inTransaction(database, () => {
        const previous = object(next.bucket, next.name)
        if (previous && previous.dataId !== next.dataId) blobs.remove(previous.dataId)
        const { bucket, name, generation, dataId, size } = next
        putRow.run(bucket, name, generation, dataId, size, JSON.stringify(next))
      }),
    removeObject: (gone) =>
      inTransaction(database, () => {
        blobs.remove(gone.dataId)
        database
          .prepare('DELETE FROM storage_objects WHERE bucket = ? AND name = ?')
          .run(gone.bucket, gone.name)
      }),
    nextGeneration: () => (lastGeneration = Math.max(lastGeneration + 1, Date.now() * 1000)),
    usage: () =>
      database.prepare(USAGE).all() as unknown as { name: string; objects: number; bytes: number }[],
    clearObjects: () => database.exec('DELETE FROM storage_objects; DELETE FROM storage_bytes;'),
  }
}

function bucketStore(database: DatabaseSync) {
  const parse = (row: Record<string, unknown>) => JSON.parse(String(row['record'])) as StoredBucket
  return {
    bucket: (name: string) => {
      const row = database.prepare('SELECT record FROM storage_buckets WHERE name = ?').get(name)
      return row && parse(row)
    },
    buckets: () => database.prepare('SELECT record FROM storage_buckets ORDER BY name').all().map(parse),
    putBucket: (bucket: StoredBucket) =>
      void database
        .prepare('INSERT OR REPLACE INTO storage_buckets (name, record) VALUES (?, ?)')
        .run(bucket.name, JSON.stringify(bucket)),
    removeBucket: (name: string) =>
      void database.prepare('DELETE FROM storage_buckets WHERE name = ?').run(name),
  }
}

function toObject(row: Record<string, unknown>): StoredObject
function toObject(row: Record<string, unknown> | undefined): StoredObject | undefined
function toObject(row: Record<string, unknown> | undefined) {
  return row && (JSON.parse(String(row['record'])) as StoredObject)
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS storage_buckets (name TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS storage_objects (
    bucket TEXT NOT NULL, name TEXT NOT NULL, generation INTEGER NOT NULL, data_id TEXT NOT NULL,
    size INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (bucket, name)) STRICT;`

const USAGE = `
  SELECT b.name AS name, count(o.name) AS objects, coalesce(sum(o.size), 0) AS bytes
  FROM storage_buckets b LEFT JOIN storage_objects o ON o.bucket = b.name GROUP BY b.name ORDER BY b.name`
