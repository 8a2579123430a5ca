import { resourceId, type OutgoingMessage, type StoredMessage } from './protocol.ts'

interface PushedMessage {
  readonly message: StoredMessage
  /** The full resource name. */
  readonly subscription: string
  /** Absent where the subscription has no dead-letter policy. */
  readonly deliveryAttempt?: number | undefined
}

/** The body of a wrapped push request: each id and time in both spellings, and nothing that is empty. */
export function pushEnvelope({ message, subscription, deliveryAttempt }: PushedMessage): object {
  const publishTime = new Date(message.publishedAtMs).toISOString()
  return {
    ...(deliveryAttempt === undefined ? {} : { deliveryAttempt }),
    message: {
      ...(Object.keys(message.attributes).length > 0 ? { attributes: message.attributes } : {}),
      ...(message.data.length > 0 ? { data: message.data.toString('base64') } : {}),
      messageId: message.messageId,
      message_id: message.messageId,
      ...(message.orderingKey === '' ? {} : { orderingKey: message.orderingKey }),
      publishTime,
      publish_time: publishTime,
    },
    subscription,
  }
}

/** The message as it goes to the dead-letter topic: itself, with the four attributes that tell where it failed. */
export function deadLetter(message: StoredMessage, subscription: string, attempts: number): OutgoingMessage {
  return {
    data: message.data,
    orderingKey: message.orderingKey,
    attributes: {
      ...message.attributes,
      CloudPubSubDeadLetterSourceDeliveryCount: String(attempts),
      CloudPubSubDeadLetterSourceSubscription: resourceId(subscription),
      CloudPubSubDeadLetterSourceSubscriptionProject: subscription.split('/')[1] ?? '',
      CloudPubSubDeadLetterSourceTopicPublishTime: new Date(message.publishedAtMs)
        .toISOString()
        .replace('Z', '+00:00'),
    },
  }
}
