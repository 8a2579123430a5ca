import { INCOMING_PREFIX, MAX_DELIVERY_ATTEMPTS, TOPICS, type Topic } from '@clarity/contracts'
import { PubSub } from '@google-cloud/pubsub'

export const RAW_BUCKET = 'clarity-raw'

const ALREADY_EXISTS = 6
const CONFLICT = 409
/** As deployed: longer than any analysis, or reading a large upload once, may take. */
const ACK_DEADLINE_SECONDS = {
  [TOPICS.healthDataProcessing]: 600,
  [TOPICS.rawUploadFinalized]: 600,
} as Partial<Record<Topic, number>>

export interface PushTarget {
  readonly topic: Topic
  /** The private service's URL, also the audience of its tokens. */
  readonly serviceUrl: string
  readonly serviceAccount: string
  /** Where the subscription sends to: the service, or a relay that signs for an emulator outside. */
  readonly endpoint?: string
}

export interface ProvisionOptions {
  readonly projectId: string
  /** `host:port` of Pub/Sub. */
  readonly pubsub: string
  /** Base URL of Cloud Storage. */
  readonly storage: string
  readonly targets: readonly PushTarget[]
  /** As deployed: true, the default. Google's emulator stops a whole ordered subscription at a message it gives up. */
  readonly ordered?: boolean
}

/** Creates what a deployment would: topics, dead-letter topics, push subscriptions and the bucket; what exists stays. */
export async function provision(options: ProvisionOptions): Promise<void> {
  const pubsub = new PubSub({ projectId: options.projectId, apiEndpoint: options.pubsub, emulatorMode: true })
  try {
    for (const topic of Object.values(TOPICS)) await createTopics(pubsub, topic)
    for (const target of options.targets)
      await createPushSubscription(pubsub, target, options.ordered ?? true)
    await createBucket(options)
    await createNotification(options)
  } finally {
    await pubsub.close()
  }
}

async function createBucket({ storage, projectId }: ProvisionOptions): Promise<void> {
  const answer = await fetch(`${storage}/storage/v1/b?project=${projectId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: RAW_BUCKET }),
  })
  await answer.body?.cancel()
  if (!answer.ok && answer.status !== CONFLICT)
    throw new Error(`the bucket was refused with ${answer.status}`)
}

/** A Cloud Storage outside that has no notifications takes resumable uploads, but nobody is told of them. */
async function createNotification({ storage, projectId }: ProvisionOptions): Promise<void> {
  const url = `${storage}/storage/v1/b/${RAW_BUCKET}/notificationConfigs`
  const present = await fetch(url)
  if (!present.ok) return void (await present.body?.cancel())
  const { items } = (await present.json()) as { items?: unknown[] }
  if (items !== undefined) return
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      topic: `//pubsub.googleapis.com/projects/${projectId}/topics/${TOPICS.rawUploadFinalized}`,
      payload_format: 'JSON_API_V1',
      event_types: ['OBJECT_FINALIZE'],
      object_name_prefix: INCOMING_PREFIX,
    }),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`the notification was refused with ${answer.status}`)
}

async function createTopics(pubsub: PubSub, topic: Topic): Promise<void> {
  const deadLetters = `${topic}-dead-letter`
  await unlessExists(pubsub.createTopic(topic))
  await unlessExists(pubsub.createTopic(deadLetters))
  await unlessExists(pubsub.topic(deadLetters).createSubscription(deadLetters))
}

async function createPushSubscription(pubsub: PubSub, target: PushTarget, ordered: boolean): Promise<void> {
  const { topic, serviceUrl, serviceAccount, endpoint = `${serviceUrl}/push/${topic}` } = target
  const name = `${topic}-push`
  const pushConfig = {
    pushEndpoint: endpoint,
    oidcToken: { serviceAccountEmail: serviceAccount, audience: serviceUrl },
  }
  const created = await unlessExists(
    pubsub.topic(topic).createSubscription(name, {
      pushConfig,
      enableMessageOrdering: ordered,
      ackDeadlineSeconds: ACK_DEADLINE_SECONDS[topic] ?? 120,
      retryPolicy: { minimumBackoff: { nanos: 200_000_000 }, maximumBackoff: { seconds: 2 } },
      deadLetterPolicy: {
        deadLetterTopic: pubsub.topic(`${topic}-dead-letter`).name,
        maxDeliveryAttempts: MAX_DELIVERY_ATTEMPTS,
      },
    }),
  )
  // Ports may have moved since the subscription was made.
  if (!created) await pubsub.subscription(name).modifyPushConfig(pushConfig)
}

async function unlessExists(creation: Promise<unknown>): Promise<boolean> {
  try {
    await creation
    return true
  } catch (error) {
    if ((error as { code?: number }).code === ALREADY_EXISTS) return false
    throw error
  }
}
