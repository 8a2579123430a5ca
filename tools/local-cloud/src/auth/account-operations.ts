import { authError } from './auth-error.ts'
import { type AuthOperation, newUser } from './auth-operation.ts'
import { isImprovedEmailPrivacy } from './emulator-operations.ts'
import { applyOobCode } from './oob-operations.ts'
import { isPassword } from './password-hash.ts'
import { nowInSeconds } from './session-tokens.ts'
import { changesOf, emailField, keepChanges, passwordChange, textField } from './user-changes.ts'
import { ownUserResource } from './user-resource.ts'

/** Registers with mail and password and signs in. */
const signUp: AuthOperation = async ({ body, store, tokens }) => {
  const email = emailField(body)
  const password = textField(body, 'password')
  if (email === undefined) throw authError('MISSING_EMAIL')
  if (password === undefined) throw authError('MISSING_PASSWORD')
  if (store.userByEmail(email)) throw authError('EMAIL_EXISTS')
  const displayName = textField(body, 'displayName')
  const hashed = await passwordChange(password)
  if (store.userByEmail(email)) throw authError('EMAIL_EXISTS')
  const now = Date.now()
  const user = newUser({ email, displayName, ...hashed, lastLoginAtMs: now, lastRefreshAtMs: now })
  store.putUser(user)
  return {
    kind: 'identitytoolkit#SignupNewUserResponse',
    localId: user.localId,
    email,
    displayName,
    ...tokens.signIn(user),
  }
}

/** With improved e-mail privacy, an unknown mail and a wrong password are one and the same answer. */
const signInWithPassword: AuthOperation = async ({ body, store, tokens }) => {
  const email = emailField(body)
  const password = textField(body, 'password')
  if (email === undefined) throw authError('MISSING_EMAIL')
  if (password === undefined) throw authError('MISSING_PASSWORD')
  const improved = isImprovedEmailPrivacy(store)
  const user = store.userByEmail(email)
  if (!user) throw authError(improved ? 'INVALID_LOGIN_CREDENTIALS' : 'EMAIL_NOT_FOUND')
  if (!(await isPassword(password, user))) {
    throw authError(improved ? 'INVALID_LOGIN_CREDENTIALS' : 'INVALID_PASSWORD')
  }
  if (user.disabled) throw authError('USER_DISABLED')
  const now = Date.now()
  const signedIn = keepChanges(store, user, { lastLoginAtMs: now, lastRefreshAtMs: now })
  return {
    kind: 'identitytoolkit#VerifyPasswordResponse',
    registered: true,
    localId: user.localId,
    email,
    displayName: user.displayName ?? '',
    ...tokens.signIn(signedIn),
  }
}

const lookup: AuthOperation = ({ body, tokens }) => ({
  kind: 'identitytoolkit#GetAccountInfoResponse',
  users: [ownUserResource(tokens.userOf(requiredIdToken(body)))],
})

/** Changes the caller's own account, or applies a code from a verification mail. */
const update: AuthOperation = async (call) => {
  const { body, store, tokens } = call
  const oobCode = textField(body, 'oobCode')
  if (oobCode !== undefined) return applyOobCode(call, oobCode, 'VERIFY_EMAIL')
  const user = tokens.userOf(requiredIdToken(body))
  for (const name of ['disableUser', 'customAttributes', 'validSince', 'emailVerified', 'localId']) {
    if (body[name] !== undefined) throw authError('INSUFFICIENT_PERMISSION', 403)
  }
  const changes = await changesOf(body)
  const email = changes.email !== undefined && changes.email !== user.email ? { emailVerified: false } : {}
  const since = changes.email !== undefined ? { validSince: nowInSeconds() } : {}
  const changed = keepChanges(store, user, { ...changes, ...email, ...since })
  return {
    kind: 'identitytoolkit#SetAccountInfoResponse',
    ...ownUserResource(changed),
    ...(body['returnSecureToken'] === true && tokens.signIn(changed)),
  }
}

const remove: AuthOperation = ({ body, store, tokens }) => {
  store.removeUser(tokens.userOf(requiredIdToken(body)))
  return { kind: 'identitytoolkit#DeleteAccountResponse' }
}

function requiredIdToken(body: Readonly<Record<string, unknown>>): string {
  const idToken = textField(body, 'idToken')
  if (idToken === undefined) throw authError('MISSING_ID_TOKEN')
  return idToken
}

/** What a client calls with its API key, by operation name. */
export const ACCOUNT_OPERATIONS: Readonly<Record<string, AuthOperation>> = {
  'accounts:signUp': signUp,
  'accounts:signInWithPassword': signInWithPassword,
  'accounts:lookup': lookup,
  'accounts:update': update,
  'accounts:delete': remove,
}
