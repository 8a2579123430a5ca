import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from '../database.ts'
import { backoffMs } from './backoff.ts'
import { deadLetter } from './envelope.ts'
import type { OutgoingMessage, SubscriptionResource } from './protocol.ts'
import type { Delivery, DeliveryKey, Queue } from './queue.ts'
import type { PubSubStore } from './store.ts'

/** Somebody who takes messages of a subscription: a waiting pull, an open stream, or the push endpoint. */
export interface Receiver {
  /** How many more messages may be handed over now. */
  capacity(): number
  receive(deliveries: readonly Delivery[]): void
  /** Called when a delivery of the subscription has ended, however it ended. */
  settled?(key: DeliveryKey): void
  /** Called when the subscription is deleted. */
  subscriptionDeleted?(): void
  /** Ack deadline of what is handed over; absent = the subscription's. */
  readonly ackDeadlineSeconds?: number | undefined
  /** Messages of one ordering key go to it one by one, each after the one before is acknowledged. */
  readonly oneByOne?: boolean | undefined
}

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

interface Lane {
  receivers: Receiver[]
  timer?: NodeJS.Timeout | undefined
  soon?: NodeJS.Immediate | undefined
}

interface DispatcherParts {
  readonly database: DatabaseSync
  readonly store: PubSubStore
  readonly queue: Queue
}

export function createDispatcher({ database, store, queue }: DispatcherParts): Dispatcher {
  const lanes = new Map<string, Lane>()
  let disposed = false

  function laneOf(subscription: string): Lane {
    const lane = lanes.get(subscription) ?? { receivers: [] }
    lanes.set(subscription, lane)
    return lane
  }

  function wake(subscription: string): void {
    if (disposed) return
    const lane = laneOf(subscription)
    lane.soon ??= setImmediate(() => {
      lane.soon = undefined
      pump(subscription, lane)
    })
  }

  function pump(name: string, lane: Lane): void {
    const subscription = store.getSubscription(name)
    if (!subscription) return
    const now = Date.now()
    for (const key of queue.expired(name, now)) giveUp(subscription, key)
    for (const receiver of [...lane.receivers]) handOver(subscription, receiver, now)
    const due = queue.nextDue(name, now)
    clearTimeout(lane.timer)
    lane.timer = due === undefined ? undefined : setTimeout(() => pump(name, lane), due - now)
  }

  function handOver(subscription: SubscriptionResource, receiver: Receiver, now: number): void {
    const limit = receiver.capacity()
    if (limit <= 0) return
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

  function giveUp(subscription: SubscriptionResource, key: DeliveryKey): void {
    const policy = subscription.deadLetterPolicy
    const exhausted = policy !== null && key.attempt >= policy.maxDeliveryAttempts
    inTransaction(database, () => {
      const delivery = queue.leased(key)
      if (!delivery) return
      if (exhausted && store.getTopic(policy.deadLetterTopic)) {
        const letter = deadLetter(delivery.message, subscription.name, key.attempt)
        send(policy.deadLetterTopic, [letter], { subscription: subscription.name })
        queue.remove(key)
      } else {
        queue.release(key, Date.now() + backoffMs(subscription, key.attempt))
      }
    })
    settle(key)
  }

  function send(topic: string, messages: readonly OutgoingMessage[], from?: { subscription: string }) {
    const to = store.subscriptionsOf(topic)
    const ids = inTransaction(database, () => queue.enqueue(messages, to, from))
    for (const { name } of to) wake(name)
    return ids
  }

  function settle(key: DeliveryKey): void {
    for (const receiver of laneOf(key.subscription).receivers) receiver.settled?.(key)
    wake(key.subscription)
  }

  function stop(name: string): void {
    const lane = lanes.get(name)
    clearTimeout(lane?.timer)
    clearImmediate(lane?.soon)
    lanes.delete(name)
  }

  return {
    publish: (topic, messages) => send(topic, messages),
    attach(subscription, receiver) {
      laneOf(subscription).receivers.push(receiver)
      wake(subscription)
      return () => {
        const lane = lanes.get(subscription)
        if (lane) lane.receivers = lane.receivers.filter((other) => other !== receiver)
      }
    },
    wake,
    acknowledge(keys) {
      if (disposed) return
      inTransaction(database, () => keys.forEach(queue.remove))
      keys.forEach(settle)
    },
    reject(key) {
      const subscription = disposed ? undefined : store.getSubscription(key.subscription)
      if (subscription) giveUp(subscription, key)
    },
    extend(key, seconds) {
      queue.extend(key, Date.now() + seconds * 1000)
      wake(key.subscription)
    },
    forget(subscription) {
      const receivers = lanes.get(subscription)?.receivers ?? []
      stop(subscription)
      for (const receiver of receivers) receiver.subscriptionDeleted?.()
    },
    [Symbol.dispose]() {
      disposed = true
      for (const name of [...lanes.keys()]) stop(name)
    },
  }
}
