import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js'
import { injectedFault, StatusError } from '../firestore/status.ts'
import type { Receiver } from './lanes.ts'
import type { PubSubParts } from './parts.ts'
import type { SubscriptionResource } from './protocol.ts'
import { pullableSubscription } from './pull.ts'
import type { Delivery, DeliveryKey } from './queue.ts'
import { ackId, parseAckIds, receivedMessage } from './received-message.ts'
import { toStatus } from './rpc.ts'
import { modifyDeadlines } from './subscriber.ts'
import { checkAckDeadline } from './validation.ts'

interface StreamRequest {
  readonly subscription: string
  readonly ackIds: readonly string[]
  readonly modifyDeadlineAckIds: readonly string[]
  readonly modifyDeadlineSeconds: readonly number[]
  readonly streamAckDeadlineSeconds: number
  readonly maxOutstandingMessages: number
  readonly maxOutstandingBytes: number
}

type Stream = ServerDuplexStream<StreamRequest, object>

const SHORTEST_DEADLINE_SECONDS = 10
/** Messages written to a stream at a time. */
const BATCH = 100

/** `Subscriber.StreamingPull`: the first request names the subscription, later ones acknowledge. */
export function streamingPull(parts: PubSubParts): handleBidiStreamingCall<StreamRequest, object> {
  return (stream) => {
    let opened: Promise<StreamLease> | undefined
    const fail = (error: unknown): void => void stream.emit('error', toStatus(error))
    const end = (): void => void opened?.then((lease) => lease.close()).catch(() => undefined)
    stream.on('data', (request: StreamRequest) => {
      if (!opened) {
        opened = open(parts, stream, request)
        opened.catch(fail)
      } else opened.then((lease) => lease.handle(request)).catch(fail)
    })
    stream.once('cancelled', end)
    stream.once('error', end)
    stream.once('end', () => {
      end()
      stream.end()
    })
  }
}

interface StreamLease {
  handle(request: StreamRequest): void
  close(): void
}

async function open(parts: PubSubParts, stream: Stream, first: StreamRequest): Promise<StreamLease> {
  const code = await parts.context.faults.take('pubsub', 'StreamingPull')
  if (code !== undefined) throw injectedFault(code, 'StreamingPull')
  const subscription = pullableSubscription(parts, first.subscription)
  checkAckDeadline(first.streamAckDeadlineSeconds, SHORTEST_DEADLINE_SECONDS)
  const detach = parts.dispatcher.attach(subscription.name, streamReceiver(stream, subscription, first))
  const lease: StreamLease = {
    close: detach,
    handle(request) {
      const { name } = subscription
      if (request.ackIds.length > 0) parts.dispatcher.acknowledge(parseAckIds(name, request.ackIds))
      for (const [index, id] of request.modifyDeadlineAckIds.entries())
        modifyDeadlines(parts, parseAckIds(name, [id]), request.modifyDeadlineSeconds[index] ?? 0)
    },
  }
  if (stream.cancelled) lease.close()
  else lease.handle(first)
  return lease
}

/** Hands messages to a stream as long as its flow control has room: 0 means no limit, as in the protocol. */
function streamReceiver(stream: Stream, subscription: SubscriptionResource, first: StreamRequest): Receiver {
  const outstanding = new Map<string, number>()
  let bytes = 0
  const limit = first.maxOutstandingMessages || Infinity
  const byteLimit = first.maxOutstandingBytes || Infinity
  return {
    ackDeadlineSeconds: first.streamAckDeadlineSeconds,
    capacity: () => (bytes >= byteLimit ? 0 : Math.min(BATCH, limit - outstanding.size)),
    receive(deliveries: readonly Delivery[]) {
      for (const delivery of deliveries) {
        const size = delivery.message.data.length
        outstanding.set(ackId({ ...delivery, messageId: delivery.message.messageId }), size)
        bytes += size
      }
      stream.write({
        receivedMessages: deliveries.map((delivery) => receivedMessage(delivery, subscription)),
        subscriptionProperties: {
          exactlyOnceDeliveryEnabled: false,
          messageOrderingEnabled: subscription.enableMessageOrdering,
        },
      })
    },
    settled(key: DeliveryKey) {
      const id = ackId(key)
      bytes -= outstanding.get(id) ?? 0
      outstanding.delete(id)
    },
    subscriptionDeleted() {
      stream.emit('error', new StatusError('NOT_FOUND', `Subscription not found: ${subscription.name}`))
    },
  }
}
