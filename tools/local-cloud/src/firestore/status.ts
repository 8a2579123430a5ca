import { status } from '@grpc/grpc-js'

export type StatusName = Exclude<keyof typeof status, 'OK'>

/** A failed call: what a gRPC client receives as `code` and `details`. */
export class StatusError extends Error {
  readonly code: number
  readonly details: string

  constructor(name: StatusName, details: string) {
    super(details)
    this.code = status[name]
    this.details = details
  }
}

export function invalidArgument(details: string): StatusError {
  return new StatusError('INVALID_ARGUMENT', details)
}

/** Others hold what is needed: the same again, a little later, can succeed. */
export function contention(): StatusError {
  return new StatusError('ABORTED', 'Too much contention on these documents. Please try again.')
}

/** The error for a fault's code: a gRPC status name, or `UNKNOWN` for anything else. */
export function injectedFault(code: string | number, method: string): StatusError {
  const name = String(code) in status && code !== 'OK' ? (String(code) as StatusName) : 'UNKNOWN'
  return new StatusError(name, `Fault injected into ${method}.`)
}
