import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from '../database.ts'
import { backoffMs } from './backoff.ts'
import { deadLetter } from './envelope.ts'
import { createLanes, type Lanes, type Receiver } from './lanes.ts'
import type { OutgoingMessage, SubscriptionResource } from './protocol.ts'
import type { DeliveryKey, Queue } from './queue.ts'
import type { PubSubStore } from './store.ts'

/** Moves messages from the queue to whoever takes them; sleeps until the next deadline or back-off ends. */
export interface Dispatcher extends Disposable {
  /** Stores the messages for each subscription of the topic, all or none, and answers their ids. */
  publish(topic: string, messages: readonly OutgoingMessage[]): string[]
  attach(subscription: string, receiver: Receiver): () => void
  /** Looks for something to do in a subscription, soon. */
  wake(subscription: string): void
  /** Forgets the messages for their subscription; all of them in one transaction. */
  acknowledge(keys: readonly DeliveryKey[]): void
  /** Redelivers after the back-off or, after the last attempt allowed, forwards to the dead-letter topic. */
  reject(key: DeliveryKey): void
  extend(key: DeliveryKey, seconds: number): void
  /** Parts with the receivers of a subscription that is deleted. */
  forget(subscription: string): void
}

interface DispatcherParts {
  readonly database: DatabaseSync
  readonly store: PubSubStore
  readonly queue: Queue
}

interface Work extends DispatcherParts {
  readonly lanes: Lanes
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { database, store, queue } = parts
  const lanes = createLanes((name) => pump(work, name))
  const work: Work = { ...parts, lanes }
  return {
    publish: (topic, messages) => send(work, { topic, messages }),
    attach: lanes.attach,
    wake: lanes.wake,
    acknowledge(keys) {
      inTransaction(database, () => keys.forEach(queue.remove))
      for (const key of keys) settle(work, key)
    },
    reject(key) {
      const subscription = store.getSubscription(key.subscription)
      if (subscription) giveUp(work, subscription, key)
    },
    extend(key, seconds) {
      queue.extend(key, Date.now() + seconds * 1000)
      lanes.wake(key.subscription)
    },
    forget(subscription) {
      const receivers = lanes.receivers(subscription)
      lanes.remove(subscription)
      for (const receiver of receivers) receiver.subscriptionDeleted?.()
    },
    [Symbol.dispose]: () => lanes[Symbol.dispose](),
  }
}

/** Does all that is due in a subscription now: ends deadlines, hands messages over, sets the next time to look. */
function pump(work: Work, name: string): void {
  const { store, queue, lanes } = work
  const subscription = store.getSubscription(name)
  if (!subscription) return
  const now = Date.now()
  for (const key of queue.expired(name, now)) giveUp(work, subscription, key)
  for (const receiver of lanes.receivers(name)) handOver(work, subscription, receiver)
  const due = queue.nextDue(name, now)
  lanes.wakeIn(name, due && due - now)
}

function handOver({ database, queue }: Work, subscription: SubscriptionResource, receiver: Receiver): void {
  const limit = receiver.capacity()
  if (limit <= 0) return
  const now = Date.now()
  const seconds = receiver.ackDeadlineSeconds ?? subscription.ackDeadlineSeconds
  const deliveries = inTransaction(database, () =>
    queue.take(subscription.name, {
      limit,
      now,
      deadlineAt: now + seconds * 1000,
      oneByOne: receiver.oneByOne === true,
    }),
  )
  if (deliveries.length > 0) receiver.receive(deliveries)
}

function giveUp(work: Work, subscription: SubscriptionResource, key: DeliveryKey): void {
  const { database, store, queue } = work
  const policy = subscription.deadLetterPolicy
  const exhausted = policy !== null && key.attempt >= policy.maxDeliveryAttempts
  inTransaction(database, () => {
    const delivery = queue.leased(key)
    if (!delivery) return
    if (exhausted && store.getTopic(policy.deadLetterTopic)) {
      const letter = deadLetter(delivery.message, subscription.name, key.attempt)
      send(work, {
        topic: policy.deadLetterTopic,
        messages: [letter],
        deadLetterOf: subscription.name,
      })
      queue.remove(key)
    } else {
      queue.release(key, Date.now() + backoffMs(subscription, key.attempt))
    }
  })
  settle(work, key)
}

interface Sending {
  readonly topic: string
  readonly messages: readonly OutgoingMessage[]
  /** The subscription that gave these messages up. */
  readonly deadLetterOf?: string
}

function send(work: Work, { topic, messages, deadLetterOf }: Sending): string[] {
  const to = work.store.subscriptionsOf(topic)
  const ids = inTransaction(work.database, () => work.queue.enqueue(messages, to, deadLetterOf))
  for (const { name } of to) work.lanes.wake(name)
  return ids
}

function settle({ lanes }: Work, key: DeliveryKey): void {
  for (const receiver of lanes.receivers(key.subscription)) receiver.settled?.(key)
  lanes.wake(key.subscription)
}
