import type { UploadReceived } from '@clarity/contracts'
import { type Failure, isFailure, isRetryable, notFound } from '@clarity/failure'
import type { RawStore } from '@clarity/raw-store'
import type { UploadRecord } from '@clarity/record-store'
import { type AnalyseRestParts, createAnalyseRest } from './analyse-rest.ts'
import type { AnalyseUpload } from './analyse-upload.ts'
import { type UploadRef, createWithdrawUpload } from './withdraw-upload.ts'

export interface ReprocessUploadParts extends AnalyseRestParts {
  readonly raw: RawStore
  readonly analyseUpload: AnalyseUpload
}

/** The upload as it stands afterwards. */
export type ReprocessUpload = (upload: UploadRef, signal: AbortSignal) => Promise<UploadRecord>

/**
 * Makes everything anew that derives from an upload's stored bytes: takes what they brought out of the days, reads
 * them again with the settings of now, and announces the analysis. Bytes that cannot be read fail as they did.
 */
export function createReprocessUpload(parts: ReprocessUploadParts): ReprocessUpload {
  const { records, raw, analyseUpload, now } = parts
  const analyseRest = createAnalyseRest(parts)
  const withdrawUpload = createWithdrawUpload(parts)
  return async ({ userId, uploadId }, signal) => {
    const upload = await records.uploads.reprocess(userId, uploadId, now().toISOString())
    if (upload === null) throw noSuchUpload()
    const rest = await withdrawUpload({ userId, uploadId })
    await analyseUpload(eventOf(upload, raw), signal).catch(async (error: unknown) => {
      if (!isUnreadable(error)) throw error
      const { code = error.kind, detail: title } = error.details
      await records.uploads.fail(userId, uploadId, { at: now().toISOString(), error: { code, title } })
    })
    const outcome = await records.uploads.get(userId, uploadId)
    if (outcome === null) throw noSuchUpload()
    if (rest !== null && outcome.analysis_id === null) await analyseRest(rest, { userId, uploadId }, signal)
    return outcome
  }
}

/** The bytes are at fault: an outcome of the reading, as it is for a message. */
function isUnreadable(error: unknown): error is Failure {
  return isFailure(error) && !isRetryable(error)
}

function noSuchUpload(): Failure {
  return notFound('There is no such upload.')
}

function eventOf(upload: UploadRecord, raw: RawStore): UploadReceived {
  const { upload_id, user_id, object_path, generation, format, timezone, received_at } = upload
  return {
    schema_version: 1,
    upload_id,
    user_id,
    object: raw.objectUri(object_path),
    generation: generation ?? '',
    format: format ?? 'json',
    timezone,
    received_at,
  }
}
