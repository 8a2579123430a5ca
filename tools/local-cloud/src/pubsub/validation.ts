import { invalidArgument, StatusError } from '../firestore/status.ts'
import type { OutgoingMessage, Seconds, SubscriptionResource } from './protocol.ts'
import { toMilliseconds } from './protocol.ts'

const LIMITS = {
  requestMessages: 1000,
  bytes: 10_000_000,
  attributes: 100,
  attributeKeyBytes: 256,
  attributeValueBytes: 1024,
  orderingKeyBytes: 1024,
}
const ACK_DEADLINE_SECONDS = { minimum: 10, maximum: 600 }
const DELIVERY_ATTEMPTS = { minimum: 5, maximum: 100, standard: 5 }
const BACKOFF = { minimum: { seconds: 10, nanos: 0 }, maximum: { seconds: 600, nanos: 0 } }
const WEEK = { seconds: 604_800, nanos: 0 }
const RESOURCE_ID = /^(?!goog)[A-Za-z][\w.~+%-]{2,254}$/

/** Fails with INVALID_ARGUMENT unless `name` is `projects/{project}/{collection}/{id}` with an id that Google allows. */
export function checkName(name: string, collection: 'topics' | 'subscriptions'): void {
  const [projects, project, kind, id, ...rest] = name.split('/')
  const valid = projects === 'projects' && project && kind === collection && rest.length === 0
  if (!valid || !RESOURCE_ID.test(id ?? '')) throw invalidArgument(`Invalid ${collection} name: ${name}`)
}

/** Fails with INVALID_ARGUMENT where a publish request breaks a limit of Pub/Sub. */
export function checkMessages(messages: readonly OutgoingMessage[]): void {
  if (messages.length === 0) throw invalidArgument('The request has no messages.')
  if (messages.length > LIMITS.requestMessages) throw invalidArgument('The request has too many messages.')
  const bytes = messages.reduce((sum, message) => sum + checkMessage(message), 0)
  if (bytes > LIMITS.bytes) throw invalidArgument(`The request is larger than ${LIMITS.bytes} bytes.`)
}

function checkMessage({ data, attributes, orderingKey }: OutgoingMessage): number {
  const entries = Object.entries(attributes)
  if (data.length === 0 && entries.length === 0)
    throw invalidArgument('A message has neither data nor attributes.')
  if (entries.length > LIMITS.attributes) throw invalidArgument('A message has too many attributes.')
  if (Buffer.byteLength(orderingKey) > LIMITS.orderingKeyBytes)
    throw invalidArgument('An ordering key is too long.')
  let bytes = data.length + Buffer.byteLength(orderingKey)
  for (const [key, value] of entries) {
    const [keyBytes, valueBytes] = [Buffer.byteLength(key), Buffer.byteLength(value)]
    if (keyBytes === 0 || keyBytes > LIMITS.attributeKeyBytes || key.startsWith('goog'))
      throw invalidArgument('An attribute key is empty, reserved or too long.')
    if (valueBytes > LIMITS.attributeValueBytes) throw invalidArgument('An attribute value is too long.')
    bytes += keyBytes + valueBytes
  }
  return bytes
}

/**
 * The subscription with Google's defaults filled in. INVALID_ARGUMENT for a value out of its range (of attempts:
 * OUT_OF_RANGE, as Google answers), UNIMPLEMENTED for a feature that the local cloud does not play.
 */
export function normaliseSubscription(asked: SubscriptionResource): SubscriptionResource {
  refuseUnplayed(asked)
  const ackDeadlineSeconds = asked.ackDeadlineSeconds || ACK_DEADLINE_SECONDS.minimum
  checkRange('ack_deadline_seconds', ackDeadlineSeconds, ACK_DEADLINE_SECONDS)
  return {
    ...asked,
    ackDeadlineSeconds,
    messageRetentionDuration: asked.messageRetentionDuration ?? WEEK,
    pushConfig: asked.pushConfig ? checkPushConfig(asked.pushConfig) : { pushEndpoint: '', attributes: {} },
    deadLetterPolicy: asked.deadLetterPolicy && normaliseDeadLetterPolicy(asked.deadLetterPolicy),
    retryPolicy: asked.retryPolicy && normaliseRetryPolicy(asked.retryPolicy),
  }
}

/** Fails with INVALID_ARGUMENT where the endpoint is no http(s) URL. */
function checkPushConfig<C extends NonNullable<SubscriptionResource['pushConfig']>>(config: C): C {
  if (config.noWrapper) throw new StatusError('UNIMPLEMENTED', 'push_config.no_wrapper is not implemented.')
  if (config.pushEndpoint === '') return config
  const url = URL.canParse(config.pushEndpoint) ? new URL(config.pushEndpoint) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw invalidArgument('push_endpoint is not an http(s) URL.')
  return config
}

/** Fails with INVALID_ARGUMENT outside `minimum`..600 seconds; 0 gives a message back at once. */
export function checkAckDeadline(seconds: number, minimum = 0): void {
  checkRange('ack_deadline_seconds', seconds, { ...ACK_DEADLINE_SECONDS, minimum })
}

function refuseUnplayed(asked: SubscriptionResource): void {
  const features = {
    filter: asked.filter !== '',
    enable_exactly_once_delivery: asked.enableExactlyOnceDelivery,
    bigquery_config: Boolean(asked.bigqueryConfig),
    cloud_storage_config: Boolean(asked.cloudStorageConfig),
    bigtable_config: Boolean(asked.bigtableConfig),
    message_transforms: asked.messageTransforms.length > 0,
  }
  const [unplayed] = Object.entries(features).find(([, used]) => used) ?? []
  if (unplayed) throw new StatusError('UNIMPLEMENTED', `Subscription.${unplayed} is not implemented.`)
}

function normaliseDeadLetterPolicy(policy: NonNullable<SubscriptionResource['deadLetterPolicy']>) {
  const maxDeliveryAttempts = policy.maxDeliveryAttempts || DELIVERY_ATTEMPTS.standard
  const { minimum, maximum } = DELIVERY_ATTEMPTS
  if (maxDeliveryAttempts < minimum || maxDeliveryAttempts > maximum)
    throw new StatusError('OUT_OF_RANGE', `max_delivery_attempts must lie between ${minimum} and ${maximum}.`)
  return { ...policy, maxDeliveryAttempts }
}

function normaliseRetryPolicy(policy: NonNullable<SubscriptionResource['retryPolicy']>) {
  const minimumBackoff = checkBackoff('minimum_backoff', policy.minimumBackoff ?? BACKOFF.minimum)
  const maximumBackoff = checkBackoff('maximum_backoff', policy.maximumBackoff ?? BACKOFF.maximum)
  if (toMilliseconds(maximumBackoff) < toMilliseconds(minimumBackoff))
    throw invalidArgument('maximum_backoff is shorter than minimum_backoff.')
  return { minimumBackoff, maximumBackoff }
}

function checkBackoff(name: string, backoff: Seconds): Seconds {
  checkRange(name, toMilliseconds(backoff) / 1000, { minimum: 0, maximum: BACKOFF.maximum.seconds })
  return backoff
}

function checkRange(name: string, value: number, range: { minimum: number; maximum: number }): void {
  if (value < range.minimum || value > range.maximum)
    throw invalidArgument(`${name} must lie between ${range.minimum} and ${range.maximum}.`)
}
