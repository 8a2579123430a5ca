/** What can go wrong, in the words of the product. The kind alone decides the answer and whether trying again can help. */
export type FailureKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'timed-out'
  | 'conflict'
  | 'too-large'
  | 'unsupported'
  | 'rate-limited'
  | 'unavailable'

/** One field at fault: where it is (`samples[3].unit`, `header.x-timezone`) and what is wrong with it. Never its value. */
export interface FieldError {
  readonly path: string
  readonly reason: string
}

export interface FailureDetails {
  /** Stable machine word in snake or kebab case, e.g. `unknown_shape`; the problem's slug where it has its own. */
  readonly code?: string
  /** One sentence for the person who called. It must not hold health values, mails, names or tokens. */
  readonly detail: string
  readonly errors?: readonly FieldError[]
  readonly retryAfterSeconds?: number
}

/** The one error type that services throw on purpose; anything else that is thrown is a bug. */
export class Failure extends Error {
  readonly kind: FailureKind
  readonly details: FailureDetails

  constructor(kind: FailureKind, details: FailureDetails, cause?: unknown) {
    super(details.detail, cause === undefined ? undefined : { cause })
    this.name = 'Failure'
    this.kind = kind
    this.details = details
  }
}

type FailureFactory = (details: string | FailureDetails, cause?: unknown) => Failure

function factory(kind: FailureKind): FailureFactory {
  return (details, cause) =>
    new Failure(kind, typeof details === 'string' ? { detail: details } : details, cause)
}

/** The bytes or the envelope cannot be read at all (400). */
export const malformed = factory('malformed')
/** Readable, but a field, cursor, limit or code breaks its rule (422). */
export const invalid = factory('invalid')
/** No valid proof of who is calling (401). */
export const unauthenticated = factory('unauthenticated')
/** The caller is known and may not (403). */
export const forbidden = factory('forbidden')
/** The thing does not exist, or not for this caller (404). */
export const notFound = factory('not-found')
/** What the caller began to send did not come in time (408). */
export const timedOut = factory('timed-out')
/** The thing exists already with other content (409). */
export const conflict = factory('conflict')
/** More bytes than the stated limit (413). */
export const tooLarge = factory('too-large')
/** A media type or feature that this service does not take (415). */
export const unsupported = factory('unsupported')
/** Too many calls (429); `retryAfterSeconds` says when. */
export const rateLimited = factory('rate-limited')
/** Something this service needs did not answer in time; the same call may succeed later (503). */
export const unavailable = factory('unavailable')

/** True where trying the very same thing again can succeed. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Failure && (error.kind === 'unavailable' || error.kind === 'rate-limited')
}

/** The failure of that kind, or undefined: lets a caller translate one kind and pass on the rest. */
export function isFailure(error: unknown, kind?: FailureKind): error is Failure {
  return error instanceof Failure && (kind === undefined || error.kind === kind)
}
