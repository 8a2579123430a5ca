import { type Accounts, accountOf, createAccounts, nextFullSecond, roleClaims, roleOf } from './accounts.ts'
import { createCertificates } from './certificates.ts'
import type { Caller, Identity } from './identity.ts'
import { createIdentityToolkit } from './identity-toolkit.ts'
import { type Claims, refused, verifySignedToken } from './signed-token.ts'

export interface FirebaseIdentityOptions {
  readonly projectId: string
  /** The project's Identity Toolkit key. */
  readonly apiKey: string
  /**
   * Where the issuer's x509 certificates are; every ID token's signature is then checked against them. Without it
   * firebase-admin decides, which checks no signature where an emulator is set.
   */
  readonly certsUrl?: string
  /** `host:port` of an emulator (`FIREBASE_AUTH_EMULATOR_HOST`, which firebase-admin reads itself); Google when absent. */
  readonly emulatorHost?: string | undefined
  /** How long one outside call may take; 5 s unless told. */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 5000

/** Identity on Firebase Authentication: sessions over the Identity Toolkit, accounts through firebase-admin. */
export function createFirebaseIdentity(options: FirebaseIdentityOptions): Identity {
  const { projectId, apiKey, emulatorHost, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  const toolkit = createIdentityToolkit({ apiKey, emulatorHost, timeoutMs })
  const accounts = createAccounts(projectId, timeoutMs)
  const readClaims = claimsReader(options, accounts)
  return {
    register: (account) => toolkit.signUp(account),
    login: (credentials) => toolkit.signIn(credentials),
    refresh: (refreshToken) => toolkit.exchange(refreshToken),
    verify: async (idToken) => callerOf(await readClaims(idToken), accounts),
    async revoke(userId) {
      await nextFullSecond()
      await accounts.call(accounts.auth.revokeRefreshTokens(userId))
    },
    getUser: async (userId) => accountOf(await accounts.call(accounts.auth.getUser(userId))),
    updateUser: async (userId, change) =>
      accountOf(await accounts.call(accounts.auth.updateUser(userId, change))),
    async setRole(userId, role) {
      const user = await accounts.call(accounts.auth.getUser(userId))
      await accounts.call(accounts.auth.setCustomUserClaims(userId, roleClaims(user, role)))
      return { ...accountOf(user), role }
    },
    sendVerification: (idToken) => toolkit.sendVerification(idToken),
    confirmEmail: (code) => toolkit.confirmEmail(code),
    sendPasswordReset: (email) => toolkit.sendPasswordReset(email),
    resetPassword: (code, newPassword) => toolkit.resetPassword(code, newPassword),
    async deleteUser(userId) {
      if ((await accounts.find(userId)) !== null) await accounts.call(accounts.auth.deleteUser(userId))
    },
    [Symbol.asyncDispose]: () => accounts[Symbol.asyncDispose](),
  }
}

type TokenClaims = Pick<Claims, 'sub' | 'auth_time' | 'iat'> & { readonly role?: unknown }
type ReadClaims = (idToken: string) => Promise<TokenClaims>

function claimsReader(options: FirebaseIdentityOptions, accounts: Accounts): ReadClaims {
  const { projectId, certsUrl, timeoutMs = DEFAULT_TIMEOUT_MS } = options
  if (certsUrl === undefined) {
    return async (idToken) => {
      try {
        return await accounts.auth.verifyIdToken(idToken)
      } catch {
        throw refused()
      }
    }
  }
  const certificates = createCertificates(certsUrl, timeoutMs)
  const issuers = [`https://securetoken.google.com/${projectId}`]
  return async (idToken) => {
    const claims = await verifySignedToken(idToken, { certificates, issuers })
    if (claims.aud !== projectId) throw refused()
    return claims
  }
}

/** The account decides at each call, so that a disabled, deleted or signed-out user is refused at once. */
async function callerOf(claims: TokenClaims, accounts: Accounts): Promise<Caller> {
  const user = await accounts.find(claims.sub)
  if (user === null || user.disabled || isRevoked(claims.auth_time, user.tokensValidAfterTime))
    throw refused()
  const { userId, email, emailVerified } = accountOf(user)
  return { userId, email, emailVerified, role: roleOf(claims, user) }
}

function isRevoked(authTimeSeconds: number | undefined, validAfter: string | undefined): boolean {
  if (authTimeSeconds === undefined) return true
  return validAfter !== undefined && authTimeSeconds * 1000 < Date.parse(validAfter)
}
