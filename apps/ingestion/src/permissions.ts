import { type Permission, ROLE_PERMISSIONS } from '@clarity/contracts'
import { forbidden } from '@clarity/failure'
import type { Caller } from '@clarity/service-shell'

/** The caller's user id, where the caller's role has this permission; `forbidden` otherwise. */
export function permitted(caller: Caller, permission: Permission): string {
  if (!ROLE_PERMISSIONS[caller.role].includes(permission)) {
    throw forbidden('The role of this account does not allow that.')
  }
  return caller.userId
}
