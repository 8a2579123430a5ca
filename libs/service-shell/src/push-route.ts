import type { Failure } from '@clarity/failure'
import type { z } from 'zod'
import type { Route } from './route.ts'

/** A message as the push subscription delivered it; `event-bus` reads it. */
export interface PushMessage {
  readonly messageId: string
  readonly publishTime: string
  readonly data: unknown
  readonly attributes: Readonly<Record<string, string>>
  readonly orderingKey?: string
  readonly subscription: string
  readonly deliveryAttempt?: number
}

export interface PushRouteDefinition<T> {
  /** E.g. `/push/ml-predictions`. */
  readonly path: string
  /** Checks the `Authorization` header. */
  readonly verify: (authorizationHeader?: string) => Promise<void>
  /** Reads the envelope and runs the handler in the consumer's span: the event bus. */
  readonly bus: {
    parsePush(body: unknown): PushMessage
    processPush<R>(message: PushMessage, handler: () => Promise<R>): Promise<R>
  }
  /** The data's schema, or the schema for this message (by its `event_type`). */
  readonly schema: z.ZodType<T> | ((message: PushMessage) => z.ZodType<T>)
  /** 540 s unless told: less than the subscription's ack deadline. */
  readonly deadlineMs?: number
  readonly handle: (event: T, message: PushMessage, signal: AbortSignal) => Promise<void>
  /** The message can never succeed and is acked: mark what it speaks of as failed. */
  readonly onRejected?: (message: PushMessage, failure: Failure) => Promise<void>
  /** The last delivery attempt failed and the message goes to the dead letters. */
  readonly onExhausted?: (message: PushMessage, error: unknown) => Promise<void>
}

/** A `POST` route for a push subscription, with the answers that acknowledge or refuse a message. */
export function pushRoute<T>(_definition: PushRouteDefinition<T>): Route {
  throw new Error('being written')
}
