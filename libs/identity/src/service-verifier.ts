import { forbidden, unauthenticated } from '@clarity/failure'
import { createCertificates } from './certificates.ts'
import { verifySignedToken } from './signed-token.ts'

export interface ServiceVerifierOptions {
  /** Where Google's OAuth2 signing certificates are (kid → PEM). */
  readonly certsUrl: string
  /** The audience that the tokens must name: the URL of the service that is called. */
  readonly audience: string
  /** The e-mail of the service account that may call. */
  readonly serviceAccount: string
  /** How long fetching the certificates may take; 5 s unless told. */
  readonly timeoutMs?: number
}

/**
 * Checks the `Authorization` header of a service's call: `unauthenticated` for no, forged or expired token,
 * `forbidden` for a wrong audience, account or unverified e-mail.
 */
export type ServiceVerifier = (authorizationHeader?: string) => Promise<void>

const ISSUERS = ['https://accounts.google.com', 'accounts.google.com']
const DEFAULT_TIMEOUT_MS = 5000

/** A verifier of the Google ID tokens of one service account. */
export function createServiceVerifier(options: ServiceVerifierOptions): ServiceVerifier {
  const { certsUrl, audience, serviceAccount, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const certificates = createCertificates(certsUrl, timeoutMs)
  return async (authorizationHeader = '') => {
    const token = /^Bearer +(\S+)$/i.exec(authorizationHeader)?.[1]
    if (token === undefined) throw unauthenticated('The call carries no token.')
    const claims = await verifySignedToken(token, { certificates, issuers: ISSUERS })
    if (claims.aud !== audience) throw forbidden('The token is meant for another audience.')
    if (claims.email !== serviceAccount || claims.email_verified !== true) {
      throw forbidden('The token is not of the account that may call here.')
    }
  }
}
