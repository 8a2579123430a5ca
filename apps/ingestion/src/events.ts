import type { ContainerFormat } from '@clarity/contracts'
import { counter, histogram, logger } from '@clarity/telemetry'

const accounts = counter('clarity.account.events', {
  description: 'What people did with their accounts, by action.',
})
const uploads = counter('clarity.uploads', {
  description: 'Uploads answered, by container and by repetition.',
})
const deletions = counter('clarity.uploads.deleted', {
  description: 'Uploads that their owners deleted, and bytes that came too late.',
})
const arrivals = counter('clarity.uploads.resumable', {
  description: 'Large uploads by what came of them: awaited, rejected, exhausted.',
})
const uploadSize = histogram('clarity.upload.size', {
  description: 'Bytes of an upload as received.',
  unit: 'By',
  buckets: [1e3, 1e4, 1e5, 1e6, 4e6, 16e6, 33_554_432],
})

type AccountAction =
  | 'registered'
  | 'logged_in'
  | 'refreshed'
  | 'logged_out'
  | 'updated'
  | 'erased'
  | 'verification_sent'
  | 'email_verified'
  | 'reset_requested'
  | 'reset_not_sent'
  | 'password_reset'
  | 'consent_granted'
  | 'consent_withdrawn'
  | 'role_changed'

/** Someone's account was used in that way. */
export function accountUsed(action: AccountAction): void {
  accounts.add(1, { action })
  logger.info({ action }, 'account used')
}

export interface UploadFact {
  readonly uploadId: string
  readonly format: ContainerFormat
  readonly bytes: number
  /** The bytes were known before. */
  readonly duplicate: boolean
}

/** An upload is stored and announced; a duplicate goes on where an earlier try ended. */
export function uploadAnnounced({ uploadId, format, bytes, duplicate }: UploadFact): void {
  uploads.add(1, { format, duplicate, announced: true })
  uploadSize.record(bytes, { format })
  logger.info({ upload_id: uploadId, format, bytes, duplicate }, 'upload announced')
}

/** Bytes came again that are stored and announced already. */
export function uploadRepeated({ uploadId, format, bytes, duplicate }: UploadFact): void {
  uploads.add(1, { format, duplicate, announced: false })
  logger.info({ upload_id: uploadId, format, bytes, duplicate }, 'upload repeated')
}

/** The owner deleted an upload, and analysis is told. */
export function uploadDeleted(uploadId: string): void {
  deletions.add(1)
  logger.info({ upload_id: uploadId }, 'upload deleted')
}

/** An upload was deleted while its bytes came: analysis is told to remove them. */
export function lateBytesDiscarded(uploadId: string): void {
  deletions.add(1)
  logger.warn({ upload_id: uploadId }, 'late bytes discarded')
}

/** A session is open for a large upload, whose bytes are still to come. */
export function uploadAwaited({ uploadId, bytes }: Pick<UploadFact, 'uploadId' | 'bytes'>): void {
  arrivals.add(1, { outcome: 'awaited' })
  logger.info({ upload_id: uploadId, bytes }, 'upload awaited')
}

/** What came in a session cannot be an upload. */
export function arrivalRejected({ kind, code }: { kind: string; code: string }): void {
  arrivals.add(1, { outcome: 'rejected' })
  logger.warn({ failure_kind: kind, failure_code: code }, 'arrival rejected')
}

/** What came in a session was not taken up by the last delivery attempt. */
export function arrivalExhausted(): void {
  arrivals.add(1, { outcome: 'exhausted' })
  logger.error({}, 'arrival given up after the last delivery attempt')
}
