import type { Role, Tokens } from '@clarity/contracts'

/** Who is calling, as the verified ID token says. */
export interface Caller {
  readonly userId: string
  readonly email: string
  readonly emailVerified: boolean
  /** Custom claim `role`; `patient` where there is none. A token from before the role last changed carries no role. */
  readonly role: Role
}

/** A user's account, as the identity provider holds it. */
export interface Account {
  readonly userId: string
  readonly email: string
  readonly emailVerified: boolean
  readonly displayName: string | null
  readonly role: Role
  readonly disabled: boolean
  /** RFC 3339. */
  readonly createdAt: string
}

export interface Session {
  readonly userId: string
  readonly tokens: Tokens
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

/** Accounts and sessions. Each call fails `unavailable` when the provider does not answer in time. */
export interface Identity extends AsyncDisposable {
  /** Fails `conflict` (`email-taken`) and `invalid` (path `password` or `email`). */
  register(account: Credentials & { readonly displayName?: string }): Promise<Session>
  /** Fails `unauthenticated` (`wrong-credentials`), the same for a wrong mail and a wrong password. */
  login(credentials: Credentials): Promise<Session>
  /** Fails `unauthenticated` for a revoked, foreign or malformed refresh token and for a disabled user. */
  refresh(refreshToken: string): Promise<Tokens>
  /** Fails `unauthenticated` for no, malformed, expired, revoked or foreign tokens and for disabled or deleted users. */
  verify(idToken: string): Promise<Caller>
  /** Refuses all tokens issued so far; tokens of later logins live. */
  revoke(userId: string): Promise<void>
  /** Fails `not-found`. */
  getUser(userId: string): Promise<Account>
  /** Fails `not-found`. */
  updateUser(userId: string, change: { readonly displayName?: string }): Promise<Account>
  /** Fails `not-found`. Holds at once, also for the tokens that the user has now. */
  setRole(userId: string, role: Role): Promise<Account>
  /** Has a mail sent to the holder of the token, whose code verifies the address. Fails `rate-limited`. */
  sendVerification(idToken: string): Promise<void>
  /** Fails `invalid` (`invalid-code`, path `oob_code`) for a code that is wrong, used or expired. */
  confirmEmail(code: string): Promise<void>
  /** Has a mail sent, whose code sets a new password; does nothing where the address has no account. */
  sendPasswordReset(email: string): Promise<void>
  /** Fails as `confirmEmail`, and `invalid` (path `password`). The tokens of before are refused from then on. */
  resetPassword(code: string, newPassword: string): Promise<void>
  /** Deletes the account; an account that is gone already is fine. */
  deleteUser(userId: string): Promise<void>
}
