/** What a Google JSON API answers when it refuses: an HTTP status, a machine word and a sentence. */
export class GoogleError extends Error {
  readonly status: number
  readonly reason: string

  constructor(status: number, reason: string, message: string) {
    super(message)
    this.name = 'GoogleError'
    this.status = status
    this.reason = reason
  }

  /** The error as Google's JSON APIs write it. */
  body() {
    const { status, reason, message } = this
    return { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } }
  }
}

/** The refusal of an operation that the local cloud does not play; the message names it. */
export function notImplemented(operation: string): GoogleError {
  return new GoogleError(501, 'notImplemented', `${operation} is not implemented by the local cloud.`)
}

/** The refusal that an injected fault asks for; a gRPC status name becomes the HTTP status it maps to. */
export function injectedError(code: string | number): GoogleError {
  const status = typeof code === 'number' ? code : (HTTP_STATUS_OF_GRPC[code] ?? (Number(code) || 500))
  return new GoogleError(status, REASONS[status] ?? 'backendError', 'An injected fault.')
}

const HTTP_STATUS_OF_GRPC: Readonly<Record<string, number>> = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  OUT_OF_RANGE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 429,
  CANCELLED: 499,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'authError',
  403: 'forbidden',
  404: 'notFound',
  408: 'uploadBrokenConnection',
  409: 'conflict',
  412: 'conditionNotMet',
  429: 'rateLimitExceeded',
  500: 'internalError',
}
