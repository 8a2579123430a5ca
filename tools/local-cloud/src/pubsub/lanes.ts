import type { Delivery, DeliveryKey } from './queue.ts'

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

/** For each subscription its receivers, and when to look at it next; nothing is polled. */
export interface Lanes extends Disposable {
  receivers(subscription: string): readonly Receiver[]
  attach(subscription: string, receiver: Receiver): () => void
  /** Wakes the subscription once in this turn of the event loop, however often it is called. */
  wake(subscription: string): void
  /** Wakes the subscription in so many milliseconds, and no more at the time said before; undefined = not at all. */
  wakeIn(subscription: string, milliseconds: number | undefined): void
  /** Takes away a subscription with its receivers. */
  remove(subscription: string): void
}

interface Lane {
  receivers: readonly Receiver[]
  timer?: NodeJS.Timeout | undefined
  soon?: NodeJS.Immediate | undefined
}

export function createLanes(onWake: (subscription: string) => void): Lanes {
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
      onWake(subscription)
    })
  }

  function remove(subscription: string): void {
    const lane = lanes.get(subscription)
    clearTimeout(lane?.timer)
    clearImmediate(lane?.soon)
    lanes.delete(subscription)
  }

  return {
    receivers: (subscription) => lanes.get(subscription)?.receivers ?? [],
    attach(subscription, receiver) {
      const lane = laneOf(subscription)
      lane.receivers = [...lane.receivers, receiver]
      wake(subscription)
      return () => {
        lane.receivers = lane.receivers.filter((other) => other !== receiver)
      }
    },
    wake,
    wakeIn(subscription, milliseconds) {
      const lane = laneOf(subscription)
      clearTimeout(lane.timer)
      lane.timer =
        milliseconds === undefined || disposed
          ? undefined
          : setTimeout(() => onWake(subscription), milliseconds)
    },
    remove,
    [Symbol.dispose]() {
      disposed = true
      for (const name of [...lanes.keys()]) remove(name)
    },
  }
}
