import type { UploadDeleted } from '@clarity/contracts'
import { conflict } from '@clarity/failure'
import type { RawStore } from '@clarity/raw-store'
import { events } from '../events.ts'
import { type AnalyseRestParts, createAnalyseRest } from './analyse-rest.ts'
import { ownPath } from './read-object.ts'
import type { ReprocessUpload } from './reprocess-upload.ts'
import { createWithdrawUpload } from './withdraw-upload.ts'

export interface DeleteUploadParts extends AnalyseRestParts {
  readonly raw: RawStore
  readonly reprocessUpload: ReprocessUpload
}

export type DeleteUpload = (event: UploadDeleted, signal: AbortSignal) => Promise<void>

/**
 * What a deleted upload leaves is removed: its bytes, its part of the days, the analyses and insights that read it.
 * What is left is analysed anew. Every step can be repeated; where the upload lay is forgotten last.
 */
export function createDeleteUpload(parts: DeleteUploadParts): DeleteUpload {
  const { records, raw, reprocessUpload, now } = parts
  const withdrawUpload = createWithdrawUpload(parts)
  const analyseRest = createAnalyseRest(parts)
  return async ({ user_id: userId, upload_id: uploadId, object, generation }, signal) => {
    if ((await records.uploads.get(userId, uploadId)) !== null) {
      throw conflict({ code: 'upload_stands', detail: 'The upload is not deleted.' })
    }
    const path = ownPath(raw, object)
    if (generation === null) await raw.deleteObject(path, signal)
    else await raw.deleteGeneration({ path, generation }, signal)
    const rest = await withdrawUpload({ userId, uploadId })
    await records.deletions.markWithdrawn(userId, uploadId, now().toISOString())
    const analyses = await records.deletions.removeReaders(userId, uploadId)
    // The same bytes that came another way stand for themselves now.
    for (const duplicate of await records.uploads.duplicatesOf(userId, uploadId)) {
      await reprocessUpload({ userId, uploadId: duplicate }, signal)
    }
    if (rest !== null) await analyseRest(rest, { userId, uploadId }, signal)
    await records.deletions.forgetReach(userId, uploadId)
    events.uploadRemoved({ analyses })
  }
}
