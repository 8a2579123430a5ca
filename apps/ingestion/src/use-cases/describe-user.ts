import { ROLE_PERMISSIONS, type User } from '@clarity/contracts'
import type { Identity } from '@clarity/identity'
import type { RecordStore } from '@clarity/record-store'

/** What a person sees of the own account: the account itself and the settings kept beside it. */
export function describeUser({ identity, records }: { identity: Identity; records: RecordStore }) {
  return async (userId: string): Promise<User> => {
    const [account, settings] = await Promise.all([identity.getUser(userId), records.users.get(userId)])
    return {
      user_id: account.userId,
      email: account.email,
      email_verified: account.emailVerified,
      display_name: settings?.display_name ?? account.displayName,
      role: account.role,
      permissions: [...ROLE_PERMISSIONS[account.role]],
      timezone: settings?.timezone ?? null,
      created_at: account.createdAt,
    }
  }
}
