import { parseJsonObject } from '../http/read-body.ts'
import { authError } from './auth-error.ts'
import { hashPassword } from './password-hash.ts'
import { nowInSeconds } from './session-tokens.ts'
import type { AuthStore, AuthUser } from './store.ts'

const RESERVED_CLAIMS = new Set(
  'acr amr at_hash aud auth_time azp cnf c_hash exp firebase iat iss jti nbf nonce sub'.split(' '),
)

/** The text of a field, or undefined where it is absent or empty; anything else is refused. */
export function textField(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') throw authError(`INVALID_REQ_TYPE : ${name} must be a string`)
  return value
}

/** The mail address in lower case; refused where it is no address. */
export function emailField(body: Record<string, unknown>): string | undefined {
  const email = textField(body, 'email')?.toLowerCase()
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email)) throw authError('INVALID_EMAIL')
  return email
}

/** What a new password changes: its hash, and the second since when tokens hold. */
export async function passwordChange(password: string): Promise<Partial<AuthUser>> {
  if (password.length < 6) throw authError('WEAK_PASSWORD : Password should be at least 6 characters')
  const hashed = await hashPassword(password)
  return { ...hashed, passwordUpdatedAtMs: Date.now(), validSince: nowInSeconds() }
}

/** What a caller may change of a user, out of the body of a request; custom claims are checked. */
export async function changesOf(body: Record<string, unknown>): Promise<Partial<AuthUser>> {
  const email = emailField(body)
  const password = textField(body, 'password')
  const displayName = textField(body, 'displayName')
  const photoUrl = textField(body, 'photoUrl')
  const customAttributes = customAttributesOf(body)
  const removed = Array.isArray(body['deleteAttribute']) ? body['deleteAttribute'] : []
  return {
    ...(email !== undefined && { email }),
    ...(password !== undefined && (await passwordChange(password))),
    ...(displayName !== undefined && { displayName }),
    ...(photoUrl !== undefined && { photoUrl }),
    ...(removed.includes('DISPLAY_NAME') && { displayName: undefined }),
    ...(removed.includes('PHOTO_URL') && { photoUrl: undefined }),
    ...(typeof body['emailVerified'] === 'boolean' && { emailVerified: body['emailVerified'] }),
    ...(body['validSince'] !== undefined && { validSince: Number(body['validSince']) }),
    ...(typeof body['disableUser'] === 'boolean' && { disabled: body['disableUser'] }),
    ...(customAttributes !== undefined && { customAttributes }),
  }
}

/**
 * Changes the user as they are now (the caller may have waited since it read them); a new password or
 * `validSince` revokes the refresh tokens held until now.
 */
export function keepChanges(store: AuthStore, { localId }: AuthUser, changes: Partial<AuthUser>): AuthUser {
  const user = store.user(localId)
  if (!user) throw authError('USER_NOT_FOUND')
  if (changes.email !== undefined && changes.email !== user.email && store.userByEmail(changes.email)) {
    throw authError('EMAIL_EXISTS')
  }
  const changed = { ...user, ...changes }
  store.putUser(changed)
  if (changes.validSince !== undefined) store.revokeRefreshTokens(localId, changes.validSince)
  return changed
}

function customAttributesOf(body: Record<string, unknown>): string | undefined {
  const text = body['customAttributes']
  if (text === undefined) return undefined
  if (typeof text !== 'string' || text === '') return '{}'
  if (text.length > 1000) throw authError('CLAIMS_TOO_LARGE')
  const claims = parseJsonObject(text)
  if (!claims) throw authError('INVALID_CLAIMS')
  for (const name of Object.keys(claims)) {
    if (RESERVED_CLAIMS.has(name)) throw authError(`FORBIDDEN_CLAIM : ${name}`)
  }
  return text
}
