import { type Failure, unauthenticated } from '@clarity/failure'
import { OAuth2Client } from 'google-auth-library'
import { z } from 'zod'
import type { Certificates } from './certificates.ts'

const headerSchema = z.object({ alg: z.literal('RS256'), kid: z.string().min(1) })

const claimsSchema = z.looseObject({
  aud: z.string(),
  sub: z.string().min(1),
  exp: z.number(),
  iat: z.number().optional(),
  auth_time: z.number().optional(),
  role: z.unknown().optional(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
})

export type Claims = z.output<typeof claimsSchema>

export interface TokenRules {
  readonly certificates: (keyId: string) => Promise<Certificates>
  readonly issuers: string[]
}

/** Clocks differ a little; Google's library alone would allow five minutes. */
const EXPIRY_LEEWAY_SECONDS = 10

const verifier = new OAuth2Client()

/**
 * The claims of a token whose signature, issuer and lifetime hold; the audience is left to the caller. Fails
 * `unauthenticated`, without the library's error, whose text and fields hold the token.
 */
export async function verifySignedToken(token: string, rules: TokenRules): Promise<Claims> {
  const header = headerSchema.safeParse(headerOf(token))
  if (!header.success) throw refused()
  const certificates = await rules.certificates(header.data.kid)
  const payload = await payloadOf(token, certificates, rules.issuers)
  const claims = claimsSchema.safeParse(payload)
  if (!claims.success || claims.data.exp + EXPIRY_LEEWAY_SECONDS < Date.now() / 1000) throw refused()
  return claims.data
}

async function payloadOf(token: string, certificates: Certificates, issuers: string[]): Promise<unknown> {
  try {
    const ticket = await verifier.verifySignedJwtWithCertsAsync(token, certificates, undefined, issuers)
    return ticket.getPayload()
  } catch {
    throw refused()
  }
}

function headerOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** The same answer for every fault of a token. */
export function refused(): Failure {
  return unauthenticated({ code: 'invalid-token', detail: 'The token is not valid.' })
}
