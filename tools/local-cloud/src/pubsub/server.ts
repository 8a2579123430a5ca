import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js'
import type { EmulatedService, ServiceContext } from '../emulated-service.ts'
import { createDispatcher } from './dispatcher.ts'
import type { PubSubParts } from './parts.ts'
import { publisherDefinition, resourceId, subscriberDefinition } from './protocol.ts'
import { publisherMethods } from './publisher.ts'
import { pullMethod } from './pull.ts'
import { startPushDelivery } from './push-delivery.ts'
import { createQueue } from './queue.ts'
import { unaryHandlers } from './rpc.ts'
import { createPubSubStore } from './store.ts'
import { streamingPull } from './streaming-pull.ts'
import { subscriberMethods } from './subscriber.ts'

export interface SubscriptionState {
  /** The subscription's id, without its project. */
  readonly name: string
  /** Messages that are not acknowledged yet, delivered or not. */
  readonly backlog: number
  /** Messages of this subscription that wait in a subscription of its dead-letter topic. */
  readonly dead_letters: number
}

export interface TopicState {
  /** The topic's id, without its project. */
  readonly name: string
  readonly subscriptions: readonly SubscriptionState[]
}

export interface PubSubService extends EmulatedService {
  topics(): readonly TopicState[]
}

/** Google Pub/Sub over gRPC (`google.pubsub.v1`) on 127.0.0.1; `port` 0 takes any free one. */
export async function startPubSub(
  context: ServiceContext,
  options: { port: number },
): Promise<PubSubService> {
  const { database } = context
  const store = createPubSubStore(database)
  const queue = createQueue(database)
  const dispatcher = createDispatcher({ database, store, queue })
  const pushes = new Map<string, Disposable>()
  const configurePush: PubSubParts['configurePush'] = (subscription) => {
    pushes.get(subscription.name)?.[Symbol.dispose]()
    // What was under way will not be answered any more.
    if (pushes.delete(subscription.name)) queue.recall(subscription.name)
    const config = 'pushConfig' in subscription ? subscription.pushConfig : null
    if (!('pushConfig' in subscription) || !config?.pushEndpoint) return
    pushes.set(subscription.name, startPushDelivery({ context, dispatcher, subscription, config }))
  }
  context.topics.serve(({ topic, data, attributes }) => {
    if (store.getTopic(topic)) dispatcher.publish(topic, [{ data, attributes, orderingKey: '' }])
  })
  const server = await listen({ context, store, queue, dispatcher, configurePush }, options.port)
  for (const subscription of store.allSubscriptions()) {
    if (subscription.pushConfig?.pushEndpoint) queue.recall(subscription.name)
    configurePush(subscription)
    dispatcher.wake(subscription.name)
  }
  return {
    port: server.port,
    reset: () => queue.clear(),
    topics: () =>
      store.allTopics().map(({ name }) => ({
        name: resourceId(name),
        subscriptions: store.subscriptionsOf(name).map((subscription) => ({
          name: resourceId(subscription.name),
          backlog: queue.backlog(subscription.name),
          dead_letters: queue.deadLetters(subscription.name),
        })),
      })),
    [Symbol.asyncDispose]: async () => {
      for (const push of pushes.values()) push[Symbol.dispose]()
      dispatcher[Symbol.dispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function listen(parts: PubSubParts, port: number): Promise<AsyncDisposable & { port: number }> {
  // The limits of messages are checked, and named, by the methods.
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  const { faults } = parts.context
  server.addService(publisherDefinition, unaryHandlers(faults, publisherMethods(parts)))
  const subscriber: UntypedServiceImplementation = {
    ...unaryHandlers(faults, { ...subscriberMethods(parts), ...pullMethod(parts) }),
    StreamingPull: streamingPull(parts),
  }
  server.addService(subscriberDefinition, subscriber)
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, taken) =>
      error ? reject(error) : resolve(taken),
    )
  })
  return {
    port: bound,
    async [Symbol.asyncDispose]() {
      server.forceShutdown()
      await Promise.resolve()
    },
  }
}
