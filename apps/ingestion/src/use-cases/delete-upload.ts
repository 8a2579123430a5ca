import type { EventBus } from '@clarity/event-bus'
import { notFound } from '@clarity/failure'
import type { RawStore } from '@clarity/raw-store'
import type { RecordStore } from '@clarity/record-store'
import { uploadDeleted } from '../events.ts'
import { uploadDeletedMessage } from './upload-deleted.ts'

export interface DeleteUploadParts {
  readonly records: RecordStore
  readonly rawStore: RawStore
  readonly bus: EventBus
  readonly now: () => Date
}

/**
 * Deletes an upload: its record goes at once, and analysis is told to remove the rest. A repeat goes on until that is
 * announced; afterwards there is no such upload.
 */
export function deleteUpload({ records: { deletions }, rawStore, bus, now }: DeleteUploadParts) {
  return async ({ userId, uploadId }: { userId: string; uploadId: string }): Promise<void> => {
    const deletion = await deletions.begin(userId, uploadId, now().toISOString())
    if (deletion === null) throw notFound('There is no such upload.')
    const { object_path, generation } = deletion
    const object = rawStore.objectUri(object_path)
    await bus.publish(uploadDeletedMessage({ userId, uploadId, object, generation }))
    await deletions.markPublished(userId, uploadId, now().toISOString())
    uploadDeleted(uploadId)
  }
}
