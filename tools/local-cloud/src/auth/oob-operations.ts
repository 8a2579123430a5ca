import { randomBytes } from 'node:crypto'
import { notImplemented } from '../http/google-error.ts'
import { authError } from './auth-error.ts'
import type { AuthCall, AuthOperation } from './auth-operation.ts'
import { isImprovedEmailPrivacy } from './emulator-operations.ts'
import type { AuthUser, OobCode, OobRequestType } from './store.ts'
import { emailField, keepChanges, passwordChange, textField } from './user-changes.ts'

const HOUR_MS = 3_600_000
const LIFETIME_MS: Readonly<Record<OobRequestType, number>> = {
  PASSWORD_RESET: HOUR_MS,
  VERIFY_EMAIL: 72 * HOUR_MS,
}
const MODES: Readonly<Record<OobRequestType, string>> = {
  PASSWORD_RESET: 'resetPassword',
  VERIFY_EMAIL: 'verifyEmail',
}

/** "Sends" a mail: its code is to be read under `/emulator/v1/projects/{project}/oobCodes`. */
export const sendOobCode: AuthOperation = (call) => sendCode(call, false)

/** As above for an administrator, who may ask for the code itself (`returnOobLink`). */
export const adminSendOobCode: AuthOperation = (call) => sendCode(call, call.body['returnOobLink'] === true)

function sendCode(call: AuthCall, returnsCode: boolean): object {
  const { body, store } = call
  const requestType = textField(body, 'requestType')
  if (requestType !== 'PASSWORD_RESET' && requestType !== 'VERIFY_EMAIL') {
    throw notImplemented(`accounts:sendOobCode with requestType ${String(requestType)}`)
  }
  const user = recipient(call, requestType, returnsCode)
  const email = user?.email ?? emailField(body) ?? ''
  const kind = 'identitytoolkit#GetOobConfirmationCodeResponse'
  if (!user) {
    if (!isImprovedEmailPrivacy(store) || returnsCode) throw authError('EMAIL_NOT_FOUND')
    return { kind, email }
  }
  const oobCode = randomBytes(40).toString('base64url')
  const link = new URLSearchParams({ mode: MODES[requestType], lang: 'en', oobCode, apiKey: 'local' })
  const oobLink = `${call.origin}/emulator/action?${link.toString()}`
  store.putOobCode({ oobCode, requestType, email, oobLink, createdAtMs: Date.now() })
  return { kind, email, ...(returnsCode && { oobCode, oobLink }) }
}

function recipient(call: AuthCall, requestType: OobRequestType, isAdmin: boolean): AuthUser | undefined {
  const idToken = textField(call.body, 'idToken')
  if (requestType === 'VERIFY_EMAIL' && !isAdmin) {
    if (idToken === undefined) throw authError('MISSING_ID_TOKEN')
    return call.tokens.userOf(idToken)
  }
  const email = emailField(call.body)
  if (email === undefined) throw authError('MISSING_EMAIL')
  return call.store.userByEmail(email)
}

/** Without `newPassword` the code is only looked at. */
export const resetPassword: AuthOperation = (call) => {
  const oobCode = textField(call.body, 'oobCode')
  if (oobCode === undefined) throw authError('MISSING_OOB_CODE')
  if (textField(call.body, 'newPassword') === undefined) {
    const { email, requestType } = validCode(call, oobCode)
    return { kind: 'identitytoolkit#ResetPasswordResponse', email, requestType }
  }
  return applyOobCode(call, oobCode, 'PASSWORD_RESET')
}

/** Uses up a code: the mail address is verified and, for a reset, the new password holds. */
export async function applyOobCode(
  call: AuthCall,
  code: string,
  requestType: OobRequestType,
): Promise<object> {
  if (validCode(call, code).requestType !== requestType) throw authError('INVALID_OOB_CODE')
  const password = textField(call.body, 'newPassword')
  const change = requestType === 'PASSWORD_RESET' ? await passwordChange(password ?? '') : {}
  const { email } = validCode(call, code)
  const user = call.store.userByEmail(email)
  if (!user) throw authError('INVALID_OOB_CODE')
  call.store.removeOobCode(code)
  keepChanges(call.store, user, { ...change, emailVerified: true })
  return requestType === 'PASSWORD_RESET'
    ? { kind: 'identitytoolkit#ResetPasswordResponse', email, requestType }
    : {
        kind: 'identitytoolkit#SetAccountInfoResponse',
        localId: user.localId,
        email,
        emailVerified: true,
        displayName: user.displayName,
      }
}

function validCode(call: AuthCall, code: string): OobCode {
  const found = call.store.oobCode(code)
  if (!found) throw authError('INVALID_OOB_CODE')
  if (Date.now() - found.createdAtMs > LIFETIME_MS[found.requestType]) throw authError('EXPIRED_OOB_CODE')
  return found
}
