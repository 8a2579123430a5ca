import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Bytes under an opaque id, kept in rows of at most 1 MiB, so that no object is ever in memory as a whole. */
export interface BlobStore {
  append(dataId: string, offset: number, bytes: Uint8Array): void
  /** The bytes from `start` up to, and without, `end`. */
  read(dataId: string, start: number, end: number): AsyncGenerator<Buffer>
  md5(dataId: string): Promise<string>
  remove(dataId: string): void
}

export function createBlobStore(database: DatabaseSync): BlobStore {
  database.exec(`CREATE TABLE IF NOT EXISTS storage_bytes (
    data_id TEXT NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (data_id, position)) STRICT`)
  const insert = database.prepare('INSERT INTO storage_bytes (data_id, position, bytes) VALUES (?, ?, ?)')
  const covering = database.prepare(
    'SELECT position, bytes FROM storage_bytes WHERE data_id = ? AND position <= ? ORDER BY position DESC LIMIT 1',
  )
  const removal = database.prepare('DELETE FROM storage_bytes WHERE data_id = ?')

  async function* read(dataId: string, start: number, end: number): AsyncGenerator<Buffer> {
    let at = start
    while (at < end) {
      const row = covering.get(dataId, at)
      const bytes = row && (row['bytes'] as Uint8Array)
      const from = row ? at - Number(row['position']) : 0
      if (!bytes || from >= bytes.length) throw new Error('the bytes were deleted while they were read')
      const to = Math.min(bytes.length, from + end - at)
      yield Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
      at += to - from
      await nextTurn()
    }
  }

  return {
    append: (dataId, offset, bytes) => void insert.run(dataId, offset, bytes),
    read,
    async md5(dataId) {
      const hash = createHash('md5')
      for await (const chunk of read(dataId, 0, sizeOf(database, dataId))) hash.update(chunk)
      return hash.digest('base64')
    },
    remove: (dataId) => void removal.run(dataId),
  }
}

function sizeOf(database: DatabaseSync, dataId: string): number {
  const row = database
    .prepare(
      'SELECT position + length(bytes) AS size FROM storage_bytes WHERE data_id = ? ORDER BY position DESC LIMIT 1',
    )
    .get(dataId)
  return Number(row?.['size'] ?? 0)
}
