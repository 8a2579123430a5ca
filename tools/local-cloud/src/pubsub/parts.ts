import type { ServiceContext } from '../emulated-service.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { SubscriptionResource } from './protocol.ts'
import type { Queue } from './queue.ts'
import type { PubSubStore } from './store.ts'

/** What the methods of Pub/Sub work on. */
export interface PubSubParts {
  readonly context: ServiceContext
  readonly store: PubSubStore
  readonly queue: Queue
  readonly dispatcher: Dispatcher
  /** Starts, changes or stops push delivery, as the subscription's present configuration says. */
  readonly configurePush: (subscription: SubscriptionResource | { readonly name: string }) => void
}
