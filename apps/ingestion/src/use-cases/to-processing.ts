import { type Processing, processingSchema } from '@clarity/contracts'
import type { RecordStore, UploadRecord } from '@clarity/record-store'

/**
 * The part of an upload's record that its owner sees. What superseded its analysis is the one that is current now: the
 * one that was when the upload was done may be superseded itself, before it was ever made.
 */
export async function toProcessing(upload: UploadRecord, { users }: RecordStore): Promise<Processing> {
  const processing = processingSchema.parse(upload)
  if (processing.superseded_by === null) return processing
  const current = (await users.get(upload.user_id))?.current_analysis_id
  return { ...processing, superseded_by: current ?? processing.superseded_by }
}
