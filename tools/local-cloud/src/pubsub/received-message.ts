import { invalidArgument } from '../firestore/status.ts'
import { toSeconds, type SubscriptionResource } from './protocol.ts'
import type { Delivery, DeliveryKey } from './queue.ts'

/** `google.pubsub.v1.ReceivedMessage`; the ack id names subscription, message and attempt, so it outlives a restart. */
export function receivedMessage(delivery: Delivery, subscription: SubscriptionResource): object {
  const { message, attempt } = delivery
  return {
    ackId: ackId({ ...delivery, messageId: message.messageId }),
    message: {
      data: message.data,
      attributes: message.attributes,
      messageId: message.messageId,
      publishTime: toSeconds(message.publishedAtMs),
      orderingKey: message.orderingKey,
    },
    deliveryAttempt: subscription.deadLetterPolicy ? attempt : 0,
  }
}

export function ackId({ subscription, messageId, attempt }: DeliveryKey): string {
  return `${subscription}:${messageId}-${attempt}`
}

/** The deliveries that ack ids name; INVALID_ARGUMENT where there are none, or one is not of this subscription. */
export function parseAckIds(subscription: string, ackIds: readonly string[]): DeliveryKey[] {
  if (ackIds.length === 0) throw invalidArgument('No ack ids are given.')
  return ackIds.map((id) => {
    const parts = id.startsWith(`${subscription}:`)
      ? /^(\d{1,15})-(\d{1,9})$/.exec(id.slice(subscription.length + 1))
      : null
    if (!parts?.[1]) throw invalidArgument('An ack id is not valid.')
    return { subscription, messageId: parts[1], attempt: Number(parts[2]) }
  })
}
