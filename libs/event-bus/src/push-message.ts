import type { PushMessage } from '@clarity/contracts'
import { malformed } from '@clarity/failure'
import { z } from 'zod'

// Pub/Sub sends both spellings of the two; other senders send one.
const envelopeSchema = z.object({
  message: z
    .object({
      data: z.string().optional(),
      attributes: z.record(z.string(), z.string()).nullish(),
      messageId: z.string().min(1).optional(),
      message_id: z.string().min(1).optional(),
      publishTime: z.string().optional(),
      publish_time: z.string().optional(),
      orderingKey: z.string().optional(),
    })
    .refine((message) => message.messageId ?? message.message_id, 'has no id'),
  subscription: z.string().min(1),
  deliveryAttempt: z.number().int().optional(),
})

/** Reads the wrapped envelope of a push; anything else fails `malformed`. */
export function parsePushMessage(body: unknown): PushMessage {
  const result = envelopeSchema.safeParse(body)
  if (!result.success) throw malformed({ code: 'no-envelope', detail: 'The body is no push envelope.' })
  const { message, subscription, deliveryAttempt } = result.data
  return {
    messageId: message.messageId ?? message.message_id ?? '',
    publishTime: message.publishTime ?? message.publish_time ?? '',
    data: message.data ? decode(message.data) : undefined,
    attributes: message.attributes ?? {},
    ...(message.orderingKey && { orderingKey: message.orderingKey }),
    subscription: subscription.slice(subscription.lastIndexOf('/') + 1),
    ...(deliveryAttempt !== undefined && { deliveryAttempt }),
  }
}

/** Text that is no JSON is a fault of the message, not of the envelope: the event's schema refuses it. */
function decode(base64: string): unknown {
  const text = Buffer.from(base64, 'base64').toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
