import {
  type ServiceVerifier,
  type ServiceVerifierOptions,
  createServiceVerifier,
} from './service-verifier.ts'

/** Of a push subscription: the audience that it is told, and the account whose tokens it sends. */
export type PushVerifierOptions = ServiceVerifierOptions

/** Checks the `Authorization` header of a push. */
export type PushVerifier = ServiceVerifier

/** A verifier of the OIDC tokens that Pub/Sub signs its pushes with. */
export function createPushVerifier(options: PushVerifierOptions): PushVerifier {
  return createServiceVerifier(options)
}
