import { authError } from './auth-error.ts'
import type { AuthOperation } from './auth-operation.ts'
import { ID_TOKEN_SECONDS } from './session-tokens.ts'
import { keepChanges, textField } from './user-changes.ts'

/** Exchanges a refresh token for a new ID token of the same sign-in (securetoken `/v1/token`). */
export const exchangeRefreshToken: AuthOperation = ({ body, store, tokens, projectId }) => {
  const grantType = textField(body, 'grant_type') ?? textField(body, 'grantType')
  if (grantType === undefined) throw authError('MISSING_GRANT_TYPE')
  if (grantType !== 'refresh_token') throw authError('INVALID_GRANT_TYPE')
  const token = textField(body, 'refresh_token') ?? textField(body, 'refreshToken')
  if (token === undefined) throw authError('MISSING_REFRESH_TOKEN')
  const session = store.refreshToken(token)
  if (!session) throw authError('INVALID_REFRESH_TOKEN')
  const user = store.user(session.localId)
  if (!user) throw authError('USER_NOT_FOUND')
  if (user.disabled) throw authError('USER_DISABLED')
  if (session.revoked || session.authTime < user.validSince) throw authError('TOKEN_EXPIRED')
  keepChanges(store, user, { lastRefreshAtMs: Date.now() })
  const idToken = tokens.idToken(user, session.authTime)
  return {
    access_token: idToken,
    expires_in: String(ID_TOKEN_SECONDS),
    token_type: 'Bearer',
    refresh_token: token,
    id_token: idToken,
    user_id: user.localId,
    project_id: projectId,
  }
}
