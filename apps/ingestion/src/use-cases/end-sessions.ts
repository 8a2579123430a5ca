import { type UploadRecord, type Uploads, hasEndedSession } from '@clarity/record-store'

/**
 * The uploads, of which one that waits in vain for its bytes fails as soon as somebody looks at it: Cloud Storage tells
 * nobody of a session that ends unused.
 */
export function endSessions(uploads: Uploads, now: () => Date): Uploads {
  const ended = async (upload: UploadRecord): Promise<UploadRecord> => {
    const at = now().toISOString()
    if (!hasEndedSession(upload, at)) return upload
    return (await uploads.endSession(upload.user_id, upload.upload_id, at)) ?? upload
  }
  return {
    ...uploads,
    async get(userId, uploadId) {
      const upload = await uploads.get(userId, uploadId)
      return upload && ended(upload)
    },
    async list(userId, page) {
      const { data, next } = await uploads.list(userId, page)
      return { data: await Promise.all(data.map(ended)), next }
    },
  }
}
