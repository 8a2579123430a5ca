import { createHash } from 'node:crypto'

const LIFETIME_SECONDS = 3600

interface IdTokenRequest {
  /** The service account that the token names. */
  readonly email: string
  readonly audience: string
}

/** The claims of a Google ID token of a service account: all that Google puts in, valid for an hour from now. */
export function idTokenClaims({ email, audience }: IdTokenRequest): Record<string, unknown> {
  const issuedAt = Math.floor(Date.now() / 1000)
  const subject = numericId(email)
  return {
    aud: audience,
    azp: subject,
    email,
    email_verified: true,
    exp: issuedAt + LIFETIME_SECONDS,
    iat: issuedAt,
    iss: 'https://accounts.google.com',
    sub: subject,
  }
}

/** The 21-digit unique id of a service account, always the same for one e-mail. */
function numericId(email: string): string {
  const digest = BigInt(`0x${createHash('sha256').update(email).digest('hex')}`)
  return `1${(digest % 10n ** 20n).toString().padStart(20, '0')}`
}
