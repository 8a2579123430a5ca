import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ServiceDefinition } from '@grpc/grpc-js'
import { fromJSON } from '@grpc/proto-loader'

const resolver = createRequire(import.meta.url)

/** The protocol as Google's own client ships it, so that server and client never disagree about a field. */
const definitions = fromJSON(
  resolver(join(dirname(resolver.resolve('@google-cloud/pubsub/package.json')), 'build/protos/protos.json')),
  { longs: Number, enums: String, defaults: true },
)

export const publisherDefinition = definitions['google.pubsub.v1.Publisher'] as ServiceDefinition
export const subscriberDefinition = definitions['google.pubsub.v1.Subscriber'] as ServiceDefinition

/** `google.protobuf.Duration` and `google.protobuf.Timestamp`. */
export interface Seconds {
  readonly seconds: number
  readonly nanos: number
}

export interface TopicResource {
  readonly name: string
}

export interface PushConfig {
  readonly pushEndpoint: string
  readonly attributes: Readonly<Record<string, string>>
  readonly oidcToken?: { readonly serviceAccountEmail: string; readonly audience: string } | null
  readonly noWrapper?: object | null
}

export interface SubscriptionResource {
  readonly name: string
  readonly topic: string
  readonly pushConfig: PushConfig | null
  readonly ackDeadlineSeconds: number
  readonly messageRetentionDuration: Seconds | null
  readonly enableMessageOrdering: boolean
  readonly enableExactlyOnceDelivery: boolean
  readonly filter: string
  readonly deadLetterPolicy: { readonly deadLetterTopic: string; readonly maxDeliveryAttempts: number } | null
  readonly retryPolicy: {
    readonly minimumBackoff: Seconds | null
    readonly maximumBackoff: Seconds | null
  } | null
  readonly bigqueryConfig?: object | null
  readonly cloudStorageConfig?: object | null
  readonly bigtableConfig?: object | null
  readonly messageTransforms: readonly object[]
}

/** A message as its publisher sends it. */
export interface OutgoingMessage {
  readonly data: Buffer
  readonly attributes: Readonly<Record<string, string>>
  readonly orderingKey: string
}

/** A message as Pub/Sub keeps it. */
export interface StoredMessage extends OutgoingMessage {
  readonly messageId: string
  readonly publishedAtMs: number
}

export function toSeconds(milliseconds: number): Seconds {
  return { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1e6 }
}

export function toMilliseconds({ seconds, nanos }: Seconds): number {
  return seconds * 1000 + nanos / 1e6
}

/** The last part of a resource name: `projects/p/topics/t` → `t`. */
export function resourceId(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
