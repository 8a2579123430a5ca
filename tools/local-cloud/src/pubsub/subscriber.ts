import { invalidArgument, StatusError } from '../firestore/status.ts'
import { listPage, type ListRequest } from './paging.ts'
import type { PubSubParts } from './parts.ts'
import type { PushConfig, SubscriptionResource } from './protocol.ts'
import { parseAckIds } from './received-message.ts'
import type { UnaryWork } from './rpc.ts'
import { checkAckDeadline, checkName, normaliseSubscription } from './validation.ts'

interface SubscriptionRequest {
  readonly subscription: string
}

/** Fields that UpdateSubscription may change, by their names in an update mask. */
const MUTABLE: Readonly<Record<string, string>> = {
  push_config: 'pushConfig',
  ack_deadline_seconds: 'ackDeadlineSeconds',
  retain_acked_messages: 'retainAckedMessages',
  message_retention_duration: 'messageRetentionDuration',
  labels: 'labels',
  expiration_policy: 'expirationPolicy',
  dead_letter_policy: 'deadLetterPolicy',
  retry_policy: 'retryPolicy',
}

/** The subscription of that name, or NOT_FOUND. */
export function subscriptionOf({ store }: PubSubParts, name: string): SubscriptionResource {
  const subscription = store.getSubscription(name)
  if (!subscription) throw new StatusError('NOT_FOUND', `Subscription not found: ${name}`)
  return subscription
}

/** The methods of `google.pubsub.v1.Subscriber` that are played, but those that hand out messages. */
export function subscriberMethods(parts: PubSubParts) {
  return { ...resourceMethods(parts), ...deliveryMethods(parts) }
}

function resourceMethods(parts: PubSubParts) {
  const { store, dispatcher, queue, configurePush } = parts

  function save(asked: SubscriptionResource): SubscriptionResource {
    const subscription = normaliseSubscription(asked)
    const deadLetterTopic = subscription.deadLetterPolicy?.deadLetterTopic
    if (deadLetterTopic !== undefined && !store.getTopic(deadLetterTopic))
      throw new StatusError('NOT_FOUND', `Dead-letter topic not found: ${deadLetterTopic}`)
    store.putSubscription(subscription)
    configurePush(subscription)
    return subscription
  }

  const CreateSubscription: UnaryWork<SubscriptionResource> = (asked) => {
    checkName(asked.name, 'subscriptions')
    if (store.getSubscription(asked.name))
      throw new StatusError('ALREADY_EXISTS', `Subscription exists: ${asked.name}`)
    if (!store.getTopic(asked.topic)) throw new StatusError('NOT_FOUND', `Topic not found: ${asked.topic}`)
    return save(asked)
  }
  const GetSubscription: UnaryWork<SubscriptionRequest> = ({ subscription }) =>
    subscriptionOf(parts, subscription)
  const ListSubscriptions: UnaryWork<ListRequest & { project: string }> = (request) => {
    const prefix = `${request.project}/subscriptions/`
    const { items, nextPageToken } = listPage(request, prefix, store.listSubscriptions)
    return { subscriptions: items, nextPageToken }
  }
  const UpdateSubscription: UnaryWork<{
    subscription: SubscriptionResource
    updateMask: { paths: string[] } | null
  }> = ({ subscription, updateMask }) => {
    const fields = (updateMask?.paths ?? []).map((path) => MUTABLE[path])
    if (fields.length === 0 || fields.includes(undefined))
      throw invalidArgument('update_mask is empty or names a field that cannot be changed.')
    const changes = Object.entries(subscription).filter(([field]) => fields.includes(field))
    return save({ ...subscriptionOf(parts, subscription.name), ...Object.fromEntries(changes) })
  }
  const DeleteSubscription: UnaryWork<SubscriptionRequest> = ({ subscription }) => {
    const { name } = subscriptionOf(parts, subscription)
    store.deleteSubscription(name)
    queue.drop(name)
    configurePush({ name })
    dispatcher.forget(name)
    return {}
  }
  const ModifyPushConfig: UnaryWork<SubscriptionRequest & { pushConfig: PushConfig | null }> = (request) => {
    save({ ...subscriptionOf(parts, request.subscription), pushConfig: request.pushConfig })
    return {}
  }
  return {
    CreateSubscription,
    GetSubscription,
    ListSubscriptions,
    UpdateSubscription,
    DeleteSubscription,
    ModifyPushConfig,
  }
}

function deliveryMethods(parts: PubSubParts) {
  const Acknowledge: UnaryWork<SubscriptionRequest & { ackIds: string[] }> = ({ subscription, ackIds }) => {
    const { name } = subscriptionOf(parts, subscription)
    parts.dispatcher.acknowledge(parseAckIds(name, ackIds))
    return {}
  }
  const ModifyAckDeadline: UnaryWork<
    SubscriptionRequest & { ackIds: string[]; ackDeadlineSeconds: number }
  > = ({ subscription, ackIds, ackDeadlineSeconds }) => {
    const { name } = subscriptionOf(parts, subscription)
    checkAckDeadline(ackDeadlineSeconds)
    modifyDeadlines(parts, parseAckIds(name, ackIds), ackDeadlineSeconds)
    return {}
  }
  return { Acknowledge, ModifyAckDeadline }
}

/** Gives deliveries `seconds` from now, or takes them back where that is 0. */
export function modifyDeadlines(
  { dispatcher }: PubSubParts,
  keys: ReturnType<typeof parseAckIds>,
  seconds: number,
): void {
  for (const key of keys) {
    if (seconds === 0) dispatcher.reject(key)
    else dispatcher.extend(key, seconds)
  }
}
