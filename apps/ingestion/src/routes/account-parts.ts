import type { User } from '@clarity/contracts'
import type { Identity } from '@clarity/identity'
import type { RecordStore } from '@clarity/record-store'
import type { RateLimit } from '@clarity/service-shell'

/** What the account routes use. */
export interface AccountParts {
  readonly identity: Identity
  readonly records: RecordStore
  readonly describe: (userId: string) => Promise<User>
  readonly now: () => Date
  readonly rateLimit: RateLimit
}
