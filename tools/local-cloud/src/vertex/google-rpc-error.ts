/** What Vertex AI answers when it refuses, in the error form of Google's REST APIs. */
export class RpcError extends Error {
  readonly httpStatus: number
  readonly status: string

  constructor(httpStatus: number, message: string) {
    super(message)
    this.name = 'RpcError'
    this.httpStatus = httpStatus
    this.status = STATUS[httpStatus] ?? 'UNKNOWN'
  }

  body() {
    return { error: { code: this.httpStatus, message: this.message, status: this.status } }
  }
}

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}
