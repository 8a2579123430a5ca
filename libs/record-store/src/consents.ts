import type { Consent, Role } from '@clarity/contracts'
import type { Page, PageOf } from './record-store.ts'

/** Who may read whose data. What changes is noted in `audit`, in the transaction that changes it. */
export interface Consents {
  /** Lets the clinician read; takes the place of an earlier consent. `not-found` where the clinician was erased. */
  grant(userId: string, consent: Consent): Promise<void>
  /** Nothing where there is no such consent. */
  withdraw(userId: string, withdrawal: { readonly clinicianId: string; readonly at: string }): Promise<void>
  /** The consent as given, also where its time has passed; null where there is none, or the user is marked as erased. */
  get(userId: string, clinicianId: string): Promise<Consent | null>
  /** Newest first, from after the cursor. */
  list(userId: string, page: Page): Promise<PageOf<Consent>>
}

/** Who gave whom which role. */
export interface RoleChange {
  readonly userId: string
  readonly actorId: string
  readonly role: Role
  readonly at: string
}

/** Notes of acts that leave no other record. */
export interface Audits {
  roleChanged(change: RoleChange): Promise<void>
}
