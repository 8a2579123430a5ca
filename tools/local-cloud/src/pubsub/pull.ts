import type { EventEmitter } from 'node:events'
import { invalidArgument, StatusError } from '../firestore/status.ts'
import type { PubSubParts } from './parts.ts'
import type { SubscriptionResource } from './protocol.ts'
import type { Delivery } from './queue.ts'
import { receivedMessage } from './received-message.ts'
import type { UnaryWork } from './rpc.ts'
import { subscriptionOf } from './subscriber.ts'

interface PullRequest {
  readonly subscription: string
  readonly returnImmediately: boolean
  readonly maxMessages: number
}

/** How long a pull waits for a first message. */
const PATIENCE_MS = 20_000
const MAXIMUM_MESSAGES = 1000

/** The subscription, or FAILED_PRECONDITION where it pushes: its messages go to its endpoint alone. */
export function pullableSubscription(parts: PubSubParts, name: string): SubscriptionResource {
  const subscription = subscriptionOf(parts, name)
  if (subscription.pushConfig?.pushEndpoint)
    throw new StatusError('FAILED_PRECONDITION', `${name} is a push subscription.`)
  return subscription
}

/** `Subscriber.Pull`: what is there at once, else what comes first; nothing if the patience runs out. */
export function pullMethod(parts: PubSubParts): { Pull: UnaryWork<PullRequest> } {
  return {
    async Pull(request, call) {
      const subscription = pullableSubscription(parts, request.subscription)
      if (request.maxMessages <= 0) throw invalidArgument('max_messages must be positive.')
      const deliveries = await firstDeliveries(parts, request, call)
      return { receivedMessages: deliveries.map((delivery) => receivedMessage(delivery, subscription)) }
    },
  }
}

function firstDeliveries(
  { dispatcher }: PubSubParts,
  { subscription, maxMessages, returnImmediately }: PullRequest,
  call: EventEmitter,
): Promise<readonly Delivery[]> {
  return new Promise((resolve) => {
    let waiting = true
    const finish = (taken: readonly Delivery[]): void => {
      waiting = false
      clearTimeout(patience)
      detach()
      resolve(taken)
    }
    const patience = setTimeout(() => finish([]), PATIENCE_MS)
    const detach = dispatcher.attach(subscription, {
      capacity: () => (waiting ? Math.min(maxMessages, MAXIMUM_MESSAGES) : 0),
      receive: finish,
    })
    call.once('cancelled', () => finish([]))
    // The dispatcher looks for messages in an earlier turn of the same phase.
    if (returnImmediately) setImmediate(() => finish([]))
  })
}
