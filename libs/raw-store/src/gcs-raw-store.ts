import { setMaxListeners } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { type File, IdempotencyStrategy, Storage } from '@google-cloud/storage'
import { createCrc32c } from './crc32c.ts'
import { type CallLimits, limited, storageFailure, storageStatus } from './storage-failure.ts'
import type { AnnouncedObject, ObjectRef, OpenedObject, RawObject, RawStore } from './raw-store.ts'

export interface GcsRawStoreOptions {
  readonly bucket: string
  readonly projectId: string
  /** Limit of one call in milliseconds; default 20000. */
  readonly timeoutMs?: number
}

const MOST_LISTENERS = 20

/** Raw uploads in one Cloud Storage bucket; `STORAGE_EMULATOR_HOST` is honoured by Google's client. */
export function createGcsRawStore({ bucket, projectId, timeoutMs = 20_000 }: GcsRawStoreOptions): RawStore {
  // Google's client hangs eleven listeners on each stream that it reads; of more than ten Node warns, each time.
  setMaxListeners(MOST_LISTENERS)
  const settings = { projectId, timeout: timeoutMs, crc32cGenerator: createCrc32c }
  const storage = new Storage({
    ...settings,
    retryOptions: {
      autoRetry: true,
      maxRetries: 2,
      // In seconds: short enough for the last retry to end before the limit comes; the client takes no less than one.
      maxRetryDelay: Math.max(1, timeoutMs / 6000),
      idempotencyStrategy: IdempotencyStrategy.RetryConditional,
    },
  })
  // A download that Google's client repeats ends the process: github.com/googleapis/google-cloud-node/issues/8670
  const { authClient } = storage
  const downloads = new Storage({ ...settings, authClient, retryOptions: { autoRetry: false } }).bucket(
    bucket,
  )
  const objects = storage.bucket(bucket)
  const limits = (signal?: AbortSignal): CallLimits => ({ timeoutMs, signal })
  const version = ({ path, generation }: ObjectRef): File => objects.file(path, { generation })

  return {
    putOnce: (object, signal) => limited(() => putOnce(objects.file(object.path), object), limits(signal)),
    openSession: (object, signal) =>
      limited(() => openSession(objects.file(object.path), object), limits(signal)),
    open: ({ path, generation }, signal) => open(downloads.file(path, { generation }), limits(signal)),
    deleteGeneration: async (ref, signal) => {
      await limited(() => version(ref).delete({ ignoreNotFound: true }), limits(signal))
    },
    deleteObject: (path, signal) => limited(() => deleteObject(objects.file(path)), limits(signal)),
    check: (signal) => limited(() => answers(objects.file('raw/readiness')), limits(signal)),
    objectUri: (path) => `gs://${bucket}/${path}`,
  }
}

async function putOnce(file: File, object: RawObject): Promise<{ generation: string; created: boolean }> {
  try {
    await file.save(object.bytes, {
      resumable: false,
      validation: 'crc32c',
      preconditionOpts: { ifGenerationMatch: 0 },
      metadata: {
        contentType: object.contentType,
        ...(object.contentEncoding && { contentEncoding: object.contentEncoding }),
        metadata: { format: object.format, sha256: object.sha256 },
      },
    })
    return { generation: String(file.metadata.generation), created: true }
  } catch (error) {
    // Who may not delete may be refused (403) before the condition (412) is looked at.
    const status = storageStatus(error)
    if (status !== 412 && status !== 403) throw error
    const [metadata] = await file.getMetadata().catch((absent: unknown) => {
      throw status === 403 ? error : absent
    })
    return { generation: String(metadata.generation), created: false }
  }
}

async function deleteObject(file: File): Promise<boolean> {
  try {
    await file.delete()
    return true
  } catch (error) {
    if (storageStatus(error) === 404) return false
    throw error
  }
}

async function openSession(file: File, object: AnnouncedObject): Promise<string> {
  const { contentType, contentEncoding, bytes, metadata } = object
  const [url] = await file.createResumableUpload({
    preconditionOpts: { ifGenerationMatch: 0 },
    metadata: {
      contentType,
      contentLength: bytes,
      ...(contentEncoding && { contentEncoding }),
      metadata: { ...metadata },
    },
  })
  return url
}

/** The stored bytes, never inflated on the way: what analysis reads is what the client sent. */
async function open(file: File, { timeoutMs, signal }: CallLimits): Promise<OpenedObject> {
  const source = file.createReadStream({ decompress: false, validation: 'crc32c' })
  const stop = (): void => void source.destroy(storageFailure(signal?.reason))
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const headers = await limited(() => headersOf(source), { timeoutMs, signal })
    return {
      stream: Readable.from(translated(source), { objectMode: false }),
      contentType: headers['content-type'] ?? 'application/octet-stream',
      contentEncoding: headers['x-goog-stored-content-encoding'] === 'gzip' ? 'gzip' : undefined,
      size: Number(headers['x-goog-stored-content-length']),
    }
  } catch (error) {
    source.destroy()
    throw error
  }
}

/** What the download itself says of the object, which saves asking for that first; its bytes wait to be read. */
function headersOf(source: Readable): Promise<IncomingHttpHeaders> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingHttpHeaders>()
  // Listens on: what breaks before somebody reads must not end the process.
  source.on('error', reject)
  source.once('response', ({ statusCode, headers }: IncomingMessage) => {
    if (statusCode === 200) resolve(headers)
  })
  source.read(0)
  return promise
}

async function* translated(source: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source) yield chunk as Buffer
  } catch (error) {
    throw storageFailure(error)
  }
}

/** An object that nobody writes: `404`, or `403` to an account that may not list, proves that the store answers. */
async function answers(file: File): Promise<void> {
  try {
    await file.getMetadata()
  } catch (error) {
    const status = storageStatus(error)
    if (status !== 404 && status !== 403) throw error
  }
}
