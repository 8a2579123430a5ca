import { notImplemented } from '../http/google-error.ts'
import { authError } from './auth-error.ts'
import { type AuthOperation, newUser } from './auth-operation.ts'
import { changesOf, keepChanges, textField } from './user-changes.ts'
import type { AuthStore, AuthUser } from './store.ts'
import { userResource } from './user-resource.ts'

const create: AuthOperation = async ({ body, store }) => {
  refuseUnsupported(body)
  const localId = textField(body, 'localId')
  const { validSince: _validSince, ...changes } = await changesOf(body)
  if (localId !== undefined && store.user(localId)) throw authError('DUPLICATE_LOCAL_ID')
  if (changes.email !== undefined && store.userByEmail(changes.email)) throw authError('EMAIL_EXISTS')
  const user = newUser({
    ...(localId !== undefined && { localId }),
    ...changes,
    ...(body['disabled'] === true && { disabled: true }),
  })
  store.putUser(user)
  return { kind: 'identitytoolkit#SignupNewUserResponse', localId: user.localId, email: user.email }
}

/** Without a match the answer has no `users`, as Google's. */
const lookup: AuthOperation = ({ body, store }) => {
  refuseUnsupported({ phoneNumber: body['phoneNumber'], federatedUserId: body['federatedUserId'] })
  const found = new Map<string, AuthUser>()
  const add = (user: AuthUser | undefined) => user && found.set(user.localId, user)
  for (const localId of texts(body['localId'])) add(store.user(localId))
  for (const email of texts(body['email'])) add(store.userByEmail(email.toLowerCase()))
  return {
    kind: 'identitytoolkit#GetAccountInfoResponse',
    ...(found.size > 0 && { users: [...found.values()].map(userResource) }),
  }
}

const update: AuthOperation = async ({ body, store }) => {
  refuseUnsupported(body)
  const user = existingUser(store, body)
  const changed = keepChanges(store, user, await changesOf(body))
  return { kind: 'identitytoolkit#SetAccountInfoResponse', ...userResource(changed) }
}

const remove: AuthOperation = ({ body, store }) => {
  store.removeUser(existingUser(store, body))
  return { kind: 'identitytoolkit#DeleteAccountResponse' }
}

const batchDelete: AuthOperation = ({ body, store }) => {
  const users = texts(body['localIds']).map((localId) => store.user(localId))
  const errors = users.flatMap((user, index) =>
    user && !user.disabled && body['force'] !== true
      ? [
          {
            index,
            localId: user.localId,
            message: 'NOT_DISABLED : Disable the account before batch deletion.',
          },
        ]
      : [],
  )
  const kept = new Set(errors.map(({ localId }) => localId))
  for (const user of users) if (user && !kept.has(user.localId)) store.removeUser(user)
  return { errors }
}

const batchGet: AuthOperation = ({ query, store }) => {
  const limit = Math.min(Number(query.get('maxResults') ?? 20) || 20, 1000)
  const users = store.users({ after: query.get('nextPageToken') ?? '', limit: limit + 1 })
  const page = users.slice(0, limit)
  return {
    kind: 'identitytoolkit#DownloadAccountResponse',
    users: page.map(userResource),
    ...(users.length > limit && { nextPageToken: page.at(-1)?.localId }),
  }
}

const query: AuthOperation = ({ body, store }) => {
  if (body['expression'] !== undefined) throw notImplemented('accounts:query with an expression')
  const all = store.users({ after: '', limit: Number.MAX_SAFE_INTEGER })
  if (body['returnUserInfo'] === false) return { recordsCount: String(all.length) }
  const offset = Number(body['offset'] ?? 0)
  const page = all.slice(offset, offset + Number(body['limit'] ?? 500))
  return { recordsCount: String(page.length), userInfo: page.map(userResource) }
}

function existingUser(store: AuthStore, body: Readonly<Record<string, unknown>>): AuthUser {
  const localId = textField(body, 'localId')
  if (localId === undefined) throw authError('MISSING_LOCAL_ID')
  const user = store.user(localId)
  if (!user) throw authError('USER_NOT_FOUND')
  return user
}

function refuseUnsupported(body: Readonly<Record<string, unknown>>): void {
  for (const name of [
    'phoneNumber',
    'federatedUserId',
    'mfa',
    'mfaInfo',
    'linkProviderUserInfo',
    'tenantId',
  ]) {
    if (body[name] !== undefined) throw notImplemented(`Firebase Auth: the field ${name}`)
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** What firebase-admin calls under `/projects/{project}`: method, path behind it and operation. */
export const ADMIN_OPERATIONS: readonly { method: string; path: string; run: AuthOperation }[] = [
  { method: 'POST', path: 'accounts', run: create },
  { method: 'POST', path: 'accounts:lookup', run: lookup },
  { method: 'POST', path: 'accounts:update', run: update },
  { method: 'POST', path: 'accounts:delete', run: remove },
  { method: 'POST', path: 'accounts:batchDelete', run: batchDelete },
  { method: 'GET', path: 'accounts:batchGet', run: batchGet },
  { method: 'POST', path: 'accounts:query', run: query },
]
