export interface PushVerifierOptions {
  /** Where Google's OAuth2 signing certificates are (kid → PEM). */
  readonly certsUrl: string
  /** The audience that the subscription's tokens must name. */
  readonly audience: string
  /** The e-mail of the subscription's service account. */
  readonly serviceAccount: string
  /** How long fetching the certificates may take; 5 s unless told. */
  readonly timeoutMs?: number
}

/** Checks the `Authorization` header of a push: `unauthenticated` for no, forged or expired token, `forbidden` for a wrong audience, account or unverified e-mail. */
export type PushVerifier = (authorizationHeader?: string) => Promise<void>

/** A verifier of the OIDC tokens that Pub/Sub signs its pushes with. */
export function createPushVerifier(_options: PushVerifierOptions): PushVerifier {
  throw new Error('being written')
}
