import type { UnreachableReason } from './language-model.ts'

/** Why one attempt brought no answer. It carries no text of the vendor's, whose errors repeat tokens and bodies. */
export class CallFailure extends Error {
  readonly reason: UnreachableReason

  constructor(reason: UnreachableReason) {
    super(reason)
    this.name = 'CallFailure'
    this.reason = reason
  }
}

/** True where another attempt can succeed. */
export function isTransient(error: unknown): boolean {
  return error instanceof CallFailure && error.reason !== 'rejected' && error.reason !== 'cancelled'
}
