import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from '../database.ts'

export interface AuthUser {
  readonly localId: string
  readonly email?: string | undefined
  readonly emailVerified: boolean
  readonly displayName?: string | undefined
  readonly photoUrl?: string | undefined
  /** The scrypt hash of the password and its salt, base64. */
  readonly passwordHash?: string | undefined
  readonly salt?: string | undefined
  readonly passwordUpdatedAtMs?: number | undefined
  /** Seconds since 1970: tokens of a sign-in before it are revoked. */
  readonly validSince: number
  readonly disabled: boolean
  readonly createdAtMs: number
  readonly lastLoginAtMs?: number | undefined
  readonly lastRefreshAtMs?: number | undefined
  /** The custom claims, as the JSON text that was set. */
  readonly customAttributes?: string | undefined
}

interface RefreshToken {
  readonly token: string
  readonly localId: string
  /** Seconds since 1970: when the user signed in. */
  readonly authTime: number
  readonly revoked: boolean
}

export type OobRequestType = 'PASSWORD_RESET' | 'VERIFY_EMAIL'

/** A code that a mail would carry: whoever has it has read the mail. */
export interface OobCode {
  readonly oobCode: string
  readonly requestType: OobRequestType
  readonly email: string
  readonly oobLink: string
  readonly createdAtMs: number
}

export interface AuthStore {
  user(localId: string): AuthUser | undefined
  userByEmail(email: string): AuthUser | undefined
  /** In the order of their ids, behind `after`. */
  users(page: { after: string; limit: number }): AuthUser[]
  putUser(user: AuthUser): void
  /** Removes the user and all refresh tokens and codes of theirs. */
  removeUser(user: AuthUser): void
  refreshToken(token: string): RefreshToken | undefined
  putRefreshToken(token: RefreshToken): void
  /** Revokes what the user holds now of sign-ins up to that second. */
  revokeRefreshTokens(localId: string, upToSecond: number): void
  oobCode(code: string): OobCode | undefined
  oobCodes(): OobCode[]
  putOobCode(code: OobCode): void
  removeOobCode(code: string): void
  setting(name: string): string | undefined
  putSetting(name: string, value: string): void
  clear(): void
}

export function createAuthStore(database: DatabaseSync): AuthStore {
  database.exec(SCHEMA)
  return { ...userStore(database), ...tokenStore(database), ...oobStore(database), ...settingStore(database) }
}

const record = <T>(row: Record<string, unknown> | undefined) =>
  row && (JSON.parse(String(row['record'])) as T)

function userStore(database: DatabaseSync) {
  const byId = database.prepare('SELECT record FROM auth_users WHERE local_id = ?')
  const byEmail = database.prepare('SELECT record FROM auth_users WHERE email = ?')
  const page = database.prepare('SELECT record FROM auth_users WHERE local_id > ? ORDER BY local_id LIMIT ?')
  const put = database.prepare('INSERT OR REPLACE INTO auth_users (local_id, email, record) VALUES (?, ?, ?)')
  return {
    user: (localId: string) => record<AuthUser>(byId.get(localId)),
    userByEmail: (email: string) => record<AuthUser>(byEmail.get(email)),
    users: ({ after, limit }: { after: string; limit: number }) =>
      page.all(after, limit).map((row) => JSON.parse(String(row['record'])) as AuthUser),
    putUser: (user: AuthUser) => void put.run(user.localId, user.email ?? null, JSON.stringify(user)),
    removeUser: (user: AuthUser) =>
      inTransaction(database, () => {
        database.prepare('DELETE FROM auth_users WHERE local_id = ?').run(user.localId)
        database.prepare('DELETE FROM auth_refresh_tokens WHERE local_id = ?').run(user.localId)
        database.prepare('DELETE FROM auth_oob_codes WHERE email = ?').run(user.email ?? '')
      }),
    clear: () =>
      database.exec('DELETE FROM auth_users; DELETE FROM auth_refresh_tokens; DELETE FROM auth_oob_codes;'),
  }
}

function tokenStore(database: DatabaseSync) {
  return {
    refreshToken(token: string): RefreshToken | undefined {
      const row = database.prepare('SELECT * FROM auth_refresh_tokens WHERE token = ?').get(token)
      return (
        row && {
          token,
          localId: String(row['local_id']),
          authTime: Number(row['auth_time']),
          revoked: row['revoked'] === 1,
        }
      )
    },
    putRefreshToken: ({ token, localId, authTime, revoked }: RefreshToken) =>
      void database
        .prepare('INSERT INTO auth_refresh_tokens (token, local_id, auth_time, revoked) VALUES (?, ?, ?, ?)')
        .run(token, localId, authTime, revoked ? 1 : 0),
    revokeRefreshTokens: (localId: string, upToSecond: number) =>
      void database
        .prepare('UPDATE auth_refresh_tokens SET revoked = 1 WHERE local_id = ? AND auth_time <= ?')
        .run(localId, upToSecond),
  }
}

function oobStore(database: DatabaseSync) {
  return {
    oobCode: (code: string) =>
      record<OobCode>(database.prepare('SELECT record FROM auth_oob_codes WHERE code = ?').get(code)),
    oobCodes: () =>
      database
        .prepare('SELECT record FROM auth_oob_codes ORDER BY rowid')
        .all()
        .map((row) => JSON.parse(String(row['record'])) as OobCode),
    putOobCode: (code: OobCode) =>
      void database
        .prepare('INSERT INTO auth_oob_codes (code, email, record) VALUES (?, ?, ?)')
        .run(code.oobCode, code.email, JSON.stringify(code)),
    removeOobCode: (code: string) =>
      void database.prepare('DELETE FROM auth_oob_codes WHERE code = ?').run(code),
  }
}

function settingStore(database: DatabaseSync) {
  return {
    setting(name: string) {
      const row = database.prepare('SELECT value FROM auth_settings WHERE name = ?').get(name)
      return row && String(row['value'])
    },
    putSetting: (name: string, value: string) =>
      void database
        .prepare('INSERT OR REPLACE INTO auth_settings (name, value) VALUES (?, ?)')
        .run(name, value),
  }
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS auth_users (local_id TEXT PRIMARY KEY, email TEXT UNIQUE, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS auth_refresh_tokens (
    token TEXT PRIMARY KEY, local_id TEXT NOT NULL, auth_time INTEGER NOT NULL, revoked INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS auth_refresh_tokens_by_user ON auth_refresh_tokens (local_id);
  CREATE TABLE IF NOT EXISTS auth_oob_codes (code TEXT PRIMARY KEY, email TEXT NOT NULL, record TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS auth_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`
