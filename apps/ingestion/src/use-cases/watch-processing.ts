import type { Processing } from '@clarity/contracts'
import type { RecordStore, UploadRecord, Uploads } from '@clarity/record-store'
import { toProcessing } from './to-processing.ts'

export interface WatchedUpload {
  readonly userId: string
  readonly uploadId: string
  readonly signal: AbortSignal
}

/** The processing of an upload now and after each change; ends when the upload is done, gone, or nobody listens. */
export async function* watchProcessing(
  records: RecordStore,
  { userId, uploadId, signal }: WatchedUpload,
): AsyncGenerator<Processing> {
  let last = ''
  for await (const upload of changes(records.uploads, { userId, uploadId, signal })) {
    if (upload === null) return
    const processing = await toProcessing(upload, records)
    const text = JSON.stringify(processing)
    if (text !== last) yield processing
    last = text
    if (upload.status === 'completed' || upload.status === 'failed') return
  }
}

async function* changes(
  uploads: Uploads,
  { userId, uploadId, signal }: WatchedUpload,
): AsyncGenerator<UploadRecord | null> {
  const waiting: (UploadRecord | null)[] = []
  let news = nextNews()
  const stop = uploads.watch(userId, uploadId, {
    onChange: (upload) => {
      waiting.push(upload)
      news.resolve()
    },
    onError: (error) => news.reject(error),
  })
  const leave = (): void => news.resolve()
  signal.addEventListener('abort', leave, { once: true })
  try {
    while (!signal.aborted) {
      await news.promise
      news = nextNews()
      yield* waiting.splice(0)
    }
  } finally {
    signal.removeEventListener('abort', leave)
    stop()
  }
}

function nextNews(): PromiseWithResolvers<void> {
  const news = Promise.withResolvers<void>()
  // It may fail while the listener is still busy with earlier changes; whoever awaits it next is told.
  news.promise.catch(() => undefined)
  return news
}
