import { type Failure, isFailure, notFound, unauthenticated } from './failure.ts'

const ACCOUNT_ERASED = 'account-erased'
const UPLOAD_DELETED = 'upload-deleted'

/** The person asked to be erased: nothing of theirs is written any more, and nobody signs in as them. */
export function accountErased(): Failure {
  return unauthenticated({ code: ACCOUNT_ERASED, detail: 'This account is erased.' })
}

/** The person deleted this upload: nothing of it is written any more. */
export function uploadDeleted(): Failure {
  return notFound({ code: UPLOAD_DELETED, detail: 'There is no such upload.' })
}

/** True where the thing that was to be worked on was deleted by its owner meanwhile: the work is done without effect. */
export function isGone(error: unknown): error is Failure {
  return isFailure(error) && (error.details.code === ACCOUNT_ERASED || error.details.code === UPLOAD_DELETED)
}
