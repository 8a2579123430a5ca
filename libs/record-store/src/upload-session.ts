import { RESUMABLE_SESSION_MS } from '@clarity/contracts'
import type { UploadRecord } from './upload-record.ts'

/** Why an announced upload is given up. */
export const SESSION_EXPIRED = {
  code: 'session_expired',
  title: 'The bytes did not come while the upload session was open.',
}

/** Whether the session of an announced upload has ended at that time, and none of its bytes have come. */
export function hasEndedSession({ status, body_sha256, received_at }: UploadRecord, at: string): boolean {
  const isAwaited = status === 'received' && body_sha256 === null
  return isAwaited && Date.parse(received_at) + RESUMABLE_SESSION_MS <= Date.parse(at)
}
