import { type Failure, conflict, invalid, rateLimited, unauthenticated, unavailable } from '@clarity/failure'
import { refused } from './signed-token.ts'

/** The provider's error codes, of which some carry an explanation behind a colon, as failures in our words. */
export function failureOf(message: string): Failure {
  switch (message.split(/[ :]/)[0]) {
    case 'EMAIL_EXISTS':
      return conflict({ code: 'email-taken', detail: 'An account with this e-mail exists already.' })
    case 'WEAK_PASSWORD':
    case 'MISSING_PASSWORD':
    case 'PASSWORD_DOES_NOT_MEET_REQUIREMENTS':
      return invalid({
        detail: 'The password is too weak.',
        errors: [{ path: 'password', reason: 'too weak' }],
      })
    case 'INVALID_EMAIL':
    case 'MISSING_EMAIL':
      return invalid({ detail: 'The e-mail is not valid.', errors: [{ path: 'email', reason: 'not valid' }] })
    case 'EMAIL_NOT_FOUND':
    case 'INVALID_PASSWORD':
    case 'INVALID_LOGIN_CREDENTIALS':
    case 'USER_DISABLED':
      return unauthenticated({ code: 'wrong-credentials', detail: 'The e-mail or the password is wrong.' })
    case 'TOKEN_EXPIRED':
    case 'INVALID_REFRESH_TOKEN':
    case 'MISSING_REFRESH_TOKEN':
    case 'INVALID_GRANT':
    case 'USER_NOT_FOUND':
    case 'PROJECT_NUMBER_MISMATCH':
      return refused()
    case 'INVALID_OOB_CODE':
    case 'EXPIRED_OOB_CODE':
    case 'MISSING_OOB_CODE':
      return invalid({
        code: 'invalid-code',
        detail: 'The code is wrong, used or expired.',
        errors: [{ path: 'oob_code', reason: 'is not valid, or not any more' }],
      })
    case 'TOO_MANY_ATTEMPTS_TRY_LATER':
    case 'RESET_PASSWORD_EXCEED_LIMIT':
      return rateLimited({ detail: 'Too many attempts. Try again later.', retryAfterSeconds: 60 })
    default:
      return providerUnavailable()
  }
}

/** The identity provider did not answer, or not as it should. */
export function providerUnavailable(cause?: unknown): Failure {
  return unavailable(
    { code: 'identity-unavailable', detail: 'The identity provider does not answer.' },
    cause,
  )
}
