import { authError } from './auth-error.ts'
import type { AuthOperation } from './auth-operation.ts'
import type { AuthStore } from './store.ts'

const PRIVACY = 'enableImprovedEmailPrivacy'

/** True where answers do not tell whether a mail address is registered: Google's default for new projects. */
export function isImprovedEmailPrivacy(store: AuthStore): boolean {
  return store.setting(PRIVACY) !== 'false'
}

const getConfig: AuthOperation = ({ store }) => ({
  signIn: { allowDuplicateEmails: false },
  emailPrivacyConfig: { [PRIVACY]: isImprovedEmailPrivacy(store) },
})

const patchConfig: AuthOperation = (call) => {
  const privacy = call.body['emailPrivacyConfig'] as Record<string, unknown> | undefined
  const value = privacy?.[PRIVACY]
  if (typeof value !== 'boolean') throw authError(`INVALID_CONFIG : only emailPrivacyConfig.${PRIVACY}`)
  call.store.putSetting(PRIVACY, String(value))
  return getConfig(call)
}

const listOobCodes: AuthOperation = ({ store }) => ({
  oobCodes: store.oobCodes().map(({ email, requestType, oobCode, oobLink }) => ({
    email,
    requestType,
    oobCode,
    oobLink,
  })),
})

const deleteAccounts: AuthOperation = ({ store }) => {
  store.clear()
  return {}
}

/** What only an emulator has, under `/emulator/v1/projects/{project}`. */
export const EMULATOR_OPERATIONS: readonly { method: string; path: string; run: AuthOperation }[] = [
  { method: 'GET', path: 'oobCodes', run: listOobCodes },
  { method: 'DELETE', path: 'accounts', run: deleteAccounts },
  { method: 'GET', path: 'config', run: getConfig },
  { method: 'PATCH', path: 'config', run: patchConfig },
]
