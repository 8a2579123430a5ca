import type { UploadStage } from '@clarity/contracts'
import type { UploadRecord, Uploads } from '@clarity/record-store'

/** A stage of an upload that is waited for. */
export interface AwaitedStage {
  readonly userId: string
  readonly uploadId: string
  readonly stage: UploadStage
}

/** The upload as soon as that stage is behind it; fails where the upload fails or ends without it. */
export async function reached(
  uploads: Uploads,
  { userId, uploadId, stage }: AwaitedStage,
): Promise<UploadRecord> {
  const { promise, resolve, reject } = Promise.withResolvers<UploadRecord>()
  const stop = uploads.watch(userId, uploadId, {
    onChange: (upload) => {
      if (upload?.status === 'failed') reject(new Error(`an upload failed: ${upload.error?.code}`))
      if (upload?.stages.some(({ name, status }) => name === stage && status === 'completed')) resolve(upload)
      else if (upload?.status === 'completed') reject(new Error(`an upload ended without being ${stage}`))
    },
    onError: reject,
  })
  return promise.finally(stop)
}
