import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { parseJsonObject } from '../http/read-body.ts'
import type { TokenIssuer } from '../issuer/token-issuer.ts'
import { authError } from './auth-error.ts'
import type { AuthStore, AuthUser } from './store.ts'

export const ID_TOKEN_SECONDS = 3600

/** The tokens of one sign-in, and what they prove when they come back. */
export interface SessionTokens {
  /** An ID token for a sign-in at `authTime` (seconds). */
  idToken(user: AuthUser, authTime: number): string
  /** Signs the user in: an ID token and a new refresh token, as the client API answers them. */
  signIn(user: AuthUser): { idToken: string; refreshToken: string; expiresIn: string }
  /** The user of an ID token; throws Identity Toolkit's codes for a bad, expired or revoked one. */
  userOf(idToken: string): AuthUser
}

export function createSessionTokens(options: {
  projectId: string
  issuer: TokenIssuer
  store: AuthStore
}): SessionTokens {
  const { projectId, issuer, store } = options
  const idToken = (user: AuthUser, authTime: number) => issuer.sign(claimsOf(projectId, user, authTime))
  return {
    idToken,
    signIn(user) {
      const authTime = nowInSeconds()
      const refreshToken = randomBytes(48).toString('base64url')
      store.putRefreshToken({ token: refreshToken, localId: user.localId, authTime, revoked: false })
      return { idToken: idToken(user, authTime), refreshToken, expiresIn: String(ID_TOKEN_SECONDS) }
    },
    userOf(token) {
      const claims = verifiedClaims(issuer, token)
      if (claims?.['aud'] !== projectId) throw authError('INVALID_ID_TOKEN')
      if (Number(claims['exp']) <= nowInSeconds()) throw authError('TOKEN_EXPIRED')
      const user = store.user(String(claims['sub']))
      if (!user) throw authError('USER_NOT_FOUND')
      if (Number(claims['auth_time']) < user.validSince) throw authError('TOKEN_EXPIRED')
      if (user.disabled) throw authError('USER_DISABLED')
      return user
    },
  }
}

/** The present second since 1970. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

function claimsOf(projectId: string, user: AuthUser, authTime: number): Record<string, unknown> {
  const iat = nowInSeconds()
  return {
    ...(user.displayName && { name: user.displayName }),
    ...parseJsonObject(user.customAttributes ?? '{}'),
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    auth_time: authTime,
    user_id: user.localId,
    sub: user.localId,
    iat,
    exp: iat + ID_TOKEN_SECONDS,
    ...(user.email && { email: user.email, email_verified: user.emailVerified }),
    firebase: {
      identities: user.email ? { email: [user.email] } : {},
      sign_in_provider: 'password',
    },
  }
}

function verifiedClaims(issuer: TokenIssuer, token: string): Record<string, unknown> | undefined {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const kid = parseJsonObject(Buffer.from(header, 'base64url').toString())?.['kid']
  const certificate = typeof kid === 'string' ? issuer.certificates()[kid] : undefined
  if (!certificate) return undefined
  const signed = Buffer.from(`${header}.${payload}`)
  const isSigned = verify(
    'RSA-SHA256',
    signed,
    createPublicKey(certificate),
    Buffer.from(signature, 'base64url'),
  )
  return isSigned ? parseJsonObject(Buffer.from(payload, 'base64url').toString()) : undefined
}
