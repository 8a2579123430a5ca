import { randomBytes } from 'node:crypto'
import type { SessionTokens } from './session-tokens.ts'
import type { AuthStore, AuthUser } from './store.ts'

/** What an operation of Identity Toolkit gets: its JSON (or form) body and query, and the accounts. */
export interface AuthCall {
  readonly projectId: string
  readonly store: AuthStore
  readonly tokens: SessionTokens
  readonly body: Readonly<Record<string, unknown>>
  readonly query: URLSearchParams
  /** `http://host:port` as the client wrote it: the base of links in mails. */
  readonly origin: string
}

/** Answers the JSON body, or throws Identity Toolkit's error. */
export type AuthOperation = (call: AuthCall) => Promise<object> | object

/** A user that was just created; ids look like Firebase's: 28 letters and digits. */
export function newUser(fields: Partial<AuthUser>): AuthUser {
  const now = Date.now()
  return {
    localId: randomBytes(48)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 28),
    emailVerified: false,
    disabled: false,
    createdAtMs: now,
    validSince: Math.floor(now / 1000),
    ...fields,
  }
}
