import type { EmulatedService, ServiceContext } from '../emulated-service.ts'

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
export function startPubSub(context: ServiceContext, options: { port: number }): Promise<PubSubService> {
  return Promise.reject(new Error(`${context.projectId}:${options.port}`))
}
