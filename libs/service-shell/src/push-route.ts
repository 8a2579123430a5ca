import { type EventType, MAX_DELIVERY_ATTEMPTS, type PushMessage } from '@clarity/contracts'
import { type Failure, type FailureKind, isFailure, isGone, unavailable } from '@clarity/failure'
import { flushTelemetry, logger, markSpanFailed, setContext } from '@clarity/telemetry'
import type { z } from 'zod'
import { type Deadline, startDeadline } from './deadline.ts'
import { readJson } from './json-body.ts'
import { parse } from './parse.ts'
import type { Route } from './route.ts'

export interface PushRouteDefinition<T> extends MessageDefinition<T> {
  /** E.g. `/push/ml-predictions`. */
  readonly path: string
  /** Checks the `Authorization` header. */
  readonly verify: (authorizationHeader?: string) => Promise<void>
  /** Reads the envelope and runs the handler in the consumer's span: the event bus. */
  readonly bus: {
    parsePush(body: unknown): PushMessage
    processPush<R>(message: PushMessage, handler: () => Promise<R>): Promise<R>
  }
  /** 540 s unless told: less than the subscription's ack deadline. */
  readonly deadlineMs?: number
  /** What else the subscription carries, made by `messageOf`. */
  readonly otherMessages?: readonly AnyMessage[]
}

/** One kind of message and what is done with it. */
export interface MessageDefinition<T> {
  /** A message without an `event_type` is taken for the route's first one; of one that none handles, nothing is done. */
  readonly eventType: EventType
  readonly schema: z.ZodType<T>
  readonly handle: (event: T, message: PushMessage, signal: AbortSignal) => Promise<void>
  /** The message can never succeed and is acked: mark what it speaks of as failed. */
  readonly onRejected?: (message: PushMessage, failure: Failure) => Promise<void>
  /** The last delivery attempt failed and the message goes to the dead letters. */
  readonly onExhausted?: (message: PushMessage, error: unknown) => Promise<void>
}

/** A kind of message whose event's type only its own definition knows. */
export interface AnyMessage extends Pick<
  MessageDefinition<never>,
  'eventType' | 'onRejected' | 'onExhausted'
> {
  /** Reads the event and handles it. */
  readonly process: (message: PushMessage, signal: AbortSignal) => Promise<void>
}

/** Makes one kind of message for a route that handles several. */
export function messageOf<T>({ schema, handle, ...definition }: MessageDefinition<T>): AnyMessage {
  return {
    ...definition,
    process: async (message, signal) => handle(parse(schema, message.data), message, signal),
  }
}

// Pub/Sub takes messages of 10 MB, which base64 and the envelope make a third larger.
const ENVELOPE_LIMIT = 15 * 1024 * 1024
const DEFAULT_DEADLINE_MS = 540_000
const FLUSH_MS = 1000

/** What no repetition can heal; everything else is answered so that the message comes again. */
const REJECTED: ReadonlySet<FailureKind> = new Set([
  'malformed',
  'invalid',
  'not-found',
  'conflict',
  'too-large',
  'unsupported',
])

/** A `POST` route for a push subscription, with the answers that acknowledge or refuse a message. */
export function pushRoute<T>(definition: PushRouteDefinition<T>): Route {
  const { path, verify, bus, deadlineMs = DEFAULT_DEADLINE_MS, otherMessages = [], ...first } = definition
  const kinds = [messageOf(first), ...otherMessages]
  return {
    method: 'POST',
    path,
    needsCaller: false,
    handler: (surroundings) => async (request, response) => {
      await verify(request.get('authorization'))
      const message = bus.parsePush(await readJson(request, response, ENVELOPE_LIMIT))
      setContext(contextOf(message))
      using deadline = startDeadline(response, deadlineMs)
      try {
        await bus.processPush(message, () => processMessage(kinds, message, deadline))
        response.status(204)
      } catch (error) {
        throw retryable(error)
      } finally {
        if (surroundings.onCloudRun) await flushTelemetry(FLUSH_MS)
      }
      response.end()
    },
  }
}

/** 503 for what is only late; a permission that this service lacks elsewhere says nothing about who pushed: 500. */
function retryable(error: unknown): unknown {
  if (!isFailure(error) || error.kind === 'unavailable') return error
  return error.kind === 'rate-limited' ? unavailable(error.details, error) : new MessageFailed(error)
}

/** A message met a failure that its sender cannot have caused. */
class MessageFailed extends Error {
  constructor(cause: Failure) {
    super('The message could not be processed.', { cause })
    this.name = 'MessageFailed'
  }
}

async function processMessage(
  kinds: readonly AnyMessage[],
  message: PushMessage,
  deadline: Deadline,
): Promise<void> {
  const { event_type = kinds[0]?.eventType } = message.attributes
  const kind = kinds.find(({ eventType }) => eventType === event_type)
  if (kind === undefined) {
    logger.warn({ reason: 'another event type' }, 'message passed over')
    return
  }
  const { process, onRejected, onExhausted } = kind
  try {
    await deadline.race(process(message, deadline.signal))
  } catch (error) {
    if (isGone(error)) {
      logger.info({ reason: error.details.code }, 'message passed over')
      return
    }
    const failure = await rejected(error, async (reason) => onRejected?.(message, reason))
    if (failure === undefined) return
    if ((message.deliveryAttempt ?? 1) >= MAX_DELIVERY_ATTEMPTS)
      await exhausted(message, failure, onExhausted)
    throw failure
  }
}

/** Undefined once the rejection is recorded; else what keeps the message from being acknowledged. */
async function rejected(error: unknown, record: (failure: Failure) => Promise<void>): Promise<unknown> {
  if (!isFailure(error) || !REJECTED.has(error.kind)) return error
  markSpanFailed(error)
  logger.warn({ failure_kind: error.kind, failure_code: error.details.code }, 'message rejected')
  try {
    await record(error)
    return undefined
  } catch (recordError) {
    // What the message speaks of is gone as well: there is nothing left to mark.
    return isFailure(recordError) && REJECTED.has(recordError.kind) ? undefined : recordError
  }
}

async function exhausted(
  message: PushMessage,
  error: unknown,
  onExhausted: AnyMessage['onExhausted'],
): Promise<void> {
  logger.error({ err: error, delivery_attempt: message.deliveryAttempt }, 'message exhausted')
  try {
    await onExhausted?.(message, error)
  } catch (secondError) {
    logger.error({ err: secondError }, 'exhausted message could not be recorded')
  }
}

function contextOf(message: PushMessage) {
  const { upload_id } = message.attributes
  return {
    message_id: message.messageId,
    ...(upload_id !== undefined && { upload_id }),
    ...(message.orderingKey !== undefined && { user_id: message.orderingKey }),
  }
}
