import type { DeadLetterRemoval } from './dead-letters.ts'
import type { DeadLetterReplay, ReplayCounts } from './replay-dead-letters.ts'
import type { PushMessage } from '@clarity/contracts'

export interface OutgoingMessage {
  /** Short topic name, e.g. `ml-predictions`. */
  readonly topic: string
  /** The event's data; sent as JSON. */
  readonly data: object
  /** Strings of at most 1024 bytes; `traceparent` and `tracestate` are added by the bus. */
  readonly attributes: Readonly<Record<string, string>>
  /** Messages with the same key arrive in order: the user id. */
  readonly orderingKey: string
}

/** Publishes messages and reads those that a push subscription delivers, keeping one trace across both. */
export interface EventBus extends AsyncDisposable {
  /**
   * Publishes one message in a `send <topic>` span and answers its id once Pub/Sub has stored it.
   * Fails `unavailable` when Pub/Sub does not store it in time; the same call may be repeated.
   */
  publish(message: OutgoingMessage): Promise<string>
  /** Reads the wrapped push envelope; anything else fails `malformed`. */
  parsePush(body: unknown): PushMessage
  /** Runs the handler in the `process <subscription>` span, a child of the publisher's `send` span. */
  processPush<T>(message: PushMessage, handler: () => Promise<T>): Promise<T>
  /** Removes matching messages from a topic's dead letters, leaves the others, and answers how many it removed. */
  removeDeadLetters(removal: DeadLetterRemoval): Promise<number>
  /**
   * Publishes messages that a topic gave up to it anew, and answers what became of how many. Fails `unavailable` when
   * Pub/Sub does not answer; what was not published is still there.
   */
  replayDeadLetters(replay: DeadLetterReplay): Promise<ReplayCounts>
  /** For readiness: fails `unavailable` when Pub/Sub does not answer or has no such topic. */
  check(topic: string): Promise<void>
}
