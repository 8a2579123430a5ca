import { unavailable } from '@clarity/failure'
import { PubSub, type Topic } from '@google-cloud/pubsub'
import { removeDeadLetters } from './dead-letters.ts'
import type { EventBus, OutgoingMessage } from './event-bus.ts'
import { inProcessSpan, inSendSpan } from './message-spans.ts'
import { parsePushMessage } from './push-message.ts'
import { replayDeadLetters } from './replay-dead-letters.ts'

export interface PubSubEventBusOptions {
  readonly projectId: string
  /** How long one publish may take, retries included; 10 s unless told. */
  readonly timeoutMs?: number
  /** `host:port` of an emulator; `PUBSUB_EMULATOR_HOST`, which Google's client reads, when absent. */
  readonly emulatorHost?: string
}

const DEFAULT_TIMEOUT_MS = 10_000
/** gRPC codes after which Pub/Sub may still take the message: ABORTED, CANCELLED, DEADLINE_EXCEEDED, INTERNAL, RESOURCE_EXHAUSTED, UNAVAILABLE, UNKNOWN. */
const RETRIED_CODES = [10, 1, 4, 13, 8, 14, 2]

/** The event bus on Google Cloud Pub/Sub. */
export function createPubSubEventBus(options: PubSubEventBusOptions): EventBus {
  const { projectId, timeoutMs = DEFAULT_TIMEOUT_MS, emulatorHost } = options
  const client = new PubSub({ projectId, ...(emulatorHost && { apiEndpoint: emulatorHost }) })
  const topics = new Map<string, Topic>()
  const topicOf = (name: string): Topic => {
    const topic = topics.get(name) ?? client.topic(name, publishOptions(timeoutMs))
    topics.set(name, topic)
    return topic
  }
  return {
    publish: (message) =>
      inSendSpan(message.topic, (traceAttributes) =>
        publish(topicOf(message.topic), { message, traceAttributes, timeoutMs }),
      ),
    parsePush: parsePushMessage,
    processPush: inProcessSpan,
    removeDeadLetters: (removal) =>
      removeDeadLetters(client, { ...removal, patienceMs: Math.min(timeoutMs, PULL_PATIENCE_MS) }),
    replayDeadLetters: (replay) => {
      const target = topicOf(replay.topic)
      return replayDeadLetters(client, {
        ...replay,
        target,
        patienceMs: Math.min(timeoutMs, PULL_PATIENCE_MS),
      })
    },
    check: (topic) => check(topicOf(topic)),
    [Symbol.asyncDispose]: () => client.close(),
  }
}

interface Publication {
  readonly message: OutgoingMessage
  readonly traceAttributes: Record<string, string>
  readonly timeoutMs: number
}

async function publish(topic: Topic, { message, traceAttributes, timeoutMs }: Publication): Promise<string> {
  const { data, attributes, orderingKey } = message
  const published = topic.publishMessage({
    json: data,
    attributes: { ...attributes, ...traceAttributes },
    orderingKey,
  })
  // The client refuses an ordering key after a failure, whenever that comes, until it is told to go on.
  published.catch(() => topic.resumePublishing(orderingKey))
  try {
    return await within(timeoutMs, published)
  } catch (error) {
    throw unavailable({ code: 'publish-failed', detail: 'A message could not be published.' }, error)
  }
}

const PULL_PATIENCE_MS = 2000
const CHECK_TIMEOUT_MS = 2000
const PERMISSION_DENIED = 7

/** A publisher may not read topics: that Pub/Sub refuses is an answer as well. */
async function check(topic: Topic): Promise<void> {
  try {
    await within(CHECK_TIMEOUT_MS, topic.getMetadata({ timeout: CHECK_TIMEOUT_MS }))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === PERMISSION_DENIED) return
    throw unavailable({ code: 'pubsub-unavailable', detail: 'Pub/Sub does not answer.' }, error)
  }
}

/** The client's own limit counts from the call; this one also covers the wait behind other messages of the key. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** Each message goes out at once; a failed attempt is repeated for as long as the time limit allows. */
function publishOptions(timeoutMs: number) {
  const rpcTimeoutMs = Math.ceil(timeoutMs / 2)
  return {
    messageOrdering: true,
    batching: { maxMessages: 1, maxMilliseconds: 0 },
    gaxOpts: {
      timeout: timeoutMs,
      retry: {
        retryCodes: RETRIED_CODES,
        backoffSettings: {
          initialRetryDelayMillis: 100,
          retryDelayMultiplier: 2,
          maxRetryDelayMillis: 1000,
          initialRpcTimeoutMillis: rpcTimeoutMs,
          rpcTimeoutMultiplier: 1,
          maxRpcTimeoutMillis: rpcTimeoutMs,
          totalTimeoutMillis: timeoutMs,
        },
      },
    },
  }
}
