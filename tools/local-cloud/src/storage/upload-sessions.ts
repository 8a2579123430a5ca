import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from '../database.ts'
import type { BlobProgress } from './blob-writer.ts'
import type { ObjectWrite } from './object-writes.ts'
import type { StoredObject } from './store.ts'

const LIFETIME_MS = 7 * 86_400_000

/** A resumable upload: what it will become, how far it has come, and the object once it is done. */
export interface UploadSession {
  readonly uploadId: string
  readonly dataId: string
  readonly write: ObjectWrite
  readonly progress: BlobProgress
  readonly completed: StoredObject | undefined
}

export interface UploadSessions {
  create(write: ObjectWrite): UploadSession
  get(uploadId: string): UploadSession | undefined
  /** Writes bytes and notes the progress in one transaction. */
  advance(uploadId: string, progress: BlobProgress, writeBytes: () => void): void
  complete(uploadId: string, object: StoredObject): void
  remove(uploadId: string): void
  clear(): void
}

/** The sessions in SQLite, so that they outlive the process; they expire after a week, as Google's do. */
export function createUploadSessions(database: DatabaseSync): UploadSessions {
  database.exec(`CREATE TABLE IF NOT EXISTS storage_sessions (
    upload_id TEXT PRIMARY KEY, data_id TEXT NOT NULL, created_at INTEGER NOT NULL, write TEXT NOT NULL,
    size INTEGER NOT NULL, crc INTEGER NOT NULL, completed TEXT) STRICT`)
  database.prepare('DELETE FROM storage_sessions WHERE created_at < ?').run(Date.now() - LIFETIME_MS)
  const progressUpdate = database.prepare('UPDATE storage_sessions SET size = ?, crc = ? WHERE upload_id = ?')
  return {
    create(write) {
      const session = { uploadId: randomUUID(), dataId: randomUUID(), write }
      database
        .prepare('INSERT INTO storage_sessions VALUES (?, ?, ?, ?, 0, 0, NULL)')
        .run(session.uploadId, session.dataId, Date.now(), JSON.stringify(write))
      return { ...session, progress: { size: 0, crc: 0 }, completed: undefined }
    },
    get(uploadId) {
      const row = database.prepare('SELECT * FROM storage_sessions WHERE upload_id = ?').get(uploadId)
      return row && toSession(row)
    },
    advance: (uploadId, { size, crc }, writeBytes) =>
      inTransaction(database, () => {
        writeBytes()
        progressUpdate.run(size, crc, uploadId)
      }),
    complete: (uploadId, object) =>
      void database
        .prepare('UPDATE storage_sessions SET completed = ? WHERE upload_id = ?')
        .run(JSON.stringify(object), uploadId),
    remove: (uploadId) =>
      void database.prepare('DELETE FROM storage_sessions WHERE upload_id = ?').run(uploadId),
    clear: () => database.exec('DELETE FROM storage_sessions'),
  }
}

function toSession(row: Record<string, unknown>): UploadSession {
  const completed = row['completed']
  return {
    uploadId: String(row['upload_id']),
    dataId: String(row['data_id']),
    write: JSON.parse(String(row['write'])) as ObjectWrite,
    progress: { size: Number(row['size']), crc: Number(row['crc']) },
    completed: typeof completed === 'string' ? (JSON.parse(completed) as StoredObject) : undefined,
  }
}
