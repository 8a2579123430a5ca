import { forbidden, unauthenticated } from '@clarity/failure'
import { createCertificates } from './certificates.ts'
import { verifySignedToken } from './signed-token.ts'

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

/**
 * Checks the `Authorization` header of a push: `unauthenticated` for no, forged or expired token, `forbidden` for a
 * wrong audience, account or unverified e-mail.
 */
export type PushVerifier = (authorizationHeader?: string) => Promise<void>

const ISSUERS = ['https://accounts.google.com', 'accounts.google.com']
const DEFAULT_TIMEOUT_MS = 5000

/** A verifier of the OIDC tokens that Pub/Sub signs its pushes with. */
export function createPushVerifier(options: PushVerifierOptions): PushVerifier {
  const { certsUrl, audience, serviceAccount, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const certificates = createCertificates(certsUrl, timeoutMs)
  return async (authorizationHeader = '') => {
    const token = /^Bearer +(\S+)$/i.exec(authorizationHeader)?.[1]
    if (token === undefined) throw unauthenticated('The push carries no token.')
    const claims = await verifySignedToken(token, { certificates, issuers: ISSUERS })
    if (claims.aud !== audience) throw forbidden('The token is meant for another audience.')
    if (claims.email !== serviceAccount || claims.email_verified !== true) {
      throw forbidden('The token is not of the account that pushes here.')
    }
  }
}
