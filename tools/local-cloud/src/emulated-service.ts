import type { DatabaseSync } from 'node:sqlite'
import type { Faults } from './faults.ts'
import type { TokenIssuer } from './issuer/token-issuer.ts'
import type { Topics } from './topics.ts'

/** What each emulated service is handed: shared state, faults and the issuer of tokens. */
export interface ServiceContext {
  readonly projectId: string
  readonly database: DatabaseSync
  readonly faults: Faults
  readonly issuer: TokenIssuer
  /** Where parts of the cloud publish to. */
  readonly topics: Topics
}

/** A started service: the port it listens on (127.0.0.1), what the admin page needs of it, and how to stop it. */
export interface EmulatedService extends AsyncDisposable {
  readonly port: number
  /** Forgets all data; what a deployment creates (topics, subscriptions, buckets) stays. */
  reset(): void
}
