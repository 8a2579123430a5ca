import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  type Analysis,
  type EventType,
  TOPICS,
  type UploadReceived,
  messageAttributes,
} from '@clarity/contracts'
import { createPubSubEventBus } from '@clarity/event-bus'
import { type Fault, type LocalCloud, startLocalCloud } from '@clarity/local-cloud'
import { type RawStore, createGcsRawStore } from '@clarity/raw-store'
import { type RecordStore, type UploadRecord, createFirestoreRecordStore } from '@clarity/record-store'
import { RAW_BUCKET, provision } from '@clarity/testkit'
import { PubSub } from '@google-cloud/pubsub'
import { type AnalysisConfig, envToConfig } from '../../src/config.ts'
import { createAnalysisService } from '../../src/service.ts'

const projectId = 'demo-clarity'
const AUDIENCE = 'http://analysis.local'
const ACCOUNT = `clarity-push-analysis@${projectId}.iam.gserviceaccount.com`
export const INTERNAL_CALLER = `clarity-ingestion@${projectId}.iam.gserviceaccount.com`
const COUNTED = 'ml-predictions-counted'
/** An outside call that fails is given up after this, so that a test need not wait for Google's retries. */
const PATIENCE_MS = 5000
const RECEIVED_AT = '2026-03-09T08:00:00.000Z'

export interface Body {
  /** A text, or anything that is sent as JSON. */
  readonly content: unknown
  readonly encoding?: 'gzip'
  readonly format?: UploadReceived['format']
  /** Who said the zone, UTC, or that nobody did; the upload itself unless told. */
  readonly timezoneSource?: 'upload' | 'user' | null
  /** The person; a new one unless told. */
  readonly userId?: string
}

export interface Pushed {
  readonly token?: string
  readonly deliveryAttempt?: number
  /** In place of what ingestion announces. */
  readonly changes?: Partial<UploadReceived>
}

/** One upload that ingestion has stored and announced. */
export interface Upload {
  readonly userId: string
  readonly uploadId: string
  /** Where its bytes lie. */
  readonly object: string
  readonly generation: string
  readonly event: UploadReceived
  /** Delivers the message and answers the HTTP status. */
  push(pushed?: Pushed): Promise<number>
  record(): Promise<UploadRecord | null>
  analysis(): Promise<Analysis | null>
  /** Deletes the stored bytes. */
  loseBytes(): Promise<void>
}

/** Analysis in this process on a local cloud in memory, with the shipped model. */
export interface AnalysisWorld extends AsyncDisposable {
  readonly cloud: LocalCloud
  readonly url: string
  readonly records: RecordStore
  readonly raw: RawStore
  store(body: Body): Promise<Upload>
  /** Delivers any event and answers the HTTP status. */
  deliver(eventType: EventType, data: object, deliveryAttempt?: number): Promise<number>
  inject(fault: Fault): Promise<void>
  clearFaults(): Promise<void>
  /** How many analyses were announced so far. */
  announced(): Promise<number>
  token(claims?: object, key?: 'good' | 'foreign'): Promise<string>
}

export async function analysisOnLocalCloud(
  variables: Readonly<Record<string, string>> = {},
): Promise<AnalysisWorld> {
  await using starting = new AsyncDisposableStack()
  const cloud = starting.use(await startLocalCloud({ projectId, services: PARTS }))
  starting.defer(changeEnvironment(cloud.environment))
  await provisionCloud(cloud)
  const config = envToConfig({ ...analysisEnvironment(cloud), ...variables })
  const { records, raw, service } = await startService(config, starting)
  const { port } = await service.start()
  const url = `http://127.0.0.1:${port}`
  const admin = adminOf(`http://127.0.0.1:${cloud.ports.admin}/admin`)
  const surroundings = { url, records, raw, goodToken: await admin.token() }
  const running = starting.move()
  return {
    cloud,
    url,
    records,
    raw,
    ...admin,
    store: (body) => storeUpload(surroundings, body),
    deliver: (eventType, data, deliveryAttempt = 1) =>
      postPush(url, {
        token: surroundings.goodToken,
        envelope: envelopeOf({ eventType, data, deliveryAttempt }),
      }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const PARTS = ['admin', 'pubsub', 'firestore', 'storage', 'metadata'] as const

/** The variables of analysis on this cloud, with free ports. */
export function analysisEnvironment(cloud: LocalCloud): Record<string, string> {
  return {
    ...cloud.environment,
    PORT: '0',
    METRICS_PORT: '0',
    USER_HASH_KEY: 'a-key-of-sixteen-letters',
    RAW_BUCKET,
    PUSH_AUDIENCE: AUDIENCE,
    PUSH_SERVICE_ACCOUNT: ACCOUNT,
    INTERNAL_SERVICE_ACCOUNT: INTERNAL_CALLER,
    MODEL_DIR: join(import.meta.dirname, '../../../../models/pat-s'),
  }
}

async function startService(config: AnalysisConfig, starting: AsyncDisposableStack) {
  const { userHashKey } = config
  const limits = { projectId, timeoutMs: PATIENCE_MS }
  const raw = createGcsRawStore({ ...limits, bucket: config.rawBucket })
  const service = starting.use(
    await createAnalysisService(config, {
      records: createFirestoreRecordStore({ ...limits, userHashKey }),
      raw,
      bus: createPubSubEventBus(limits),
    }),
  )
  return { raw, service, records: starting.use(createFirestoreRecordStore({ projectId, userHashKey })) }
}

async function provisionCloud({ environment }: LocalCloud): Promise<void> {
  await provision({
    projectId,
    pubsub: environment.PUBSUB_EMULATOR_HOST as string,
    storage: environment.STORAGE_EMULATOR_HOST as string,
    targets: [],
  })
  const pubsub = new PubSub({ projectId })
  await pubsub.topic(TOPICS.mlPredictions).createSubscription(COUNTED)
  await pubsub.close()
}

function changeEnvironment(variables: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env }
  Object.assign(process.env, variables)
  return () => void (process.env = before)
}

interface State {
  readonly topics: readonly { readonly subscriptions: readonly { name: string; backlog: number }[] }[]
}

function adminOf(base: string) {
  const post = (path: string, body: object) =>
    fetch(`${base}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    inject: async (fault: Fault) => void (await post('faults', fault)),
    clearFaults: async () => void (await fetch(`${base}/faults`, { method: 'DELETE' })),
    async token(claims: object = {}, key: 'good' | 'foreign' = 'good') {
      const own = { aud: AUDIENCE, email: ACCOUNT, ...claims }
      const answer = await post('tokens', { kind: 'push', claims: own, key })
      return ((await answer.json()) as { token: string }).token
    },
    async announced() {
      const state = (await (await fetch(`${base}/state`)).json()) as State
      const subscriptions = state.topics.flatMap((topic) => topic.subscriptions)
      return subscriptions.find(({ name }) => name.endsWith(COUNTED))?.backlog ?? -1
    },
  }
}

interface Surroundings {
  readonly url: string
  readonly records: RecordStore
  readonly raw: RawStore
  readonly goodToken: string
}

async function storeUpload({ url, records, raw, goodToken }: Surroundings, body: Body): Promise<Upload> {
  const {
    userId = `user-${randomUUID()}`,
    content,
    encoding,
    format = 'json',
    timezoneSource = 'upload',
  } = body
  const timezone = timezoneSource && 'UTC'
  const bytes =
    typeof content === 'string' || Buffer.isBuffer(content)
      ? Buffer.from(content)
      : Buffer.from(JSON.stringify(content))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const contentType = 'application/json'
  const { upload } = await records.uploads.createOnce({
    userId,
    bodySha256: sha256,
    receivedAt: RECEIVED_AT,
    build: ({ uploadId }) => ({
      object_path: `raw/${userId}/${uploadId}`,
      format,
      content_type: contentType,
      content_encoding: encoding ?? null,
      bytes: bytes.length,
      decoded_bytes: bytes.length,
      timezone,
      ...(timezoneSource && { timezone_source: timezoneSource }),
      warnings: [],
      received_at: RECEIVED_AT,
      trace_id: null,
    }),
  })
  const { upload_id: uploadId, object_path: path } = upload
  const object = { path, bytes, contentType, format, sha256, ...(encoding && { contentEncoding: encoding }) }
  const { generation } = await raw.putOnce(object)
  const event: UploadReceived = {
    schema_version: 1,
    upload_id: uploadId,
    user_id: userId,
    object: raw.objectUri(path),
    generation,
    format,
    timezone,
    received_at: RECEIVED_AT,
  }
  const record = () => records.uploads.get(userId, uploadId)
  return {
    userId,
    uploadId,
    object: event.object,
    generation,
    event,
    record,
    loseBytes: () => raw.deleteGeneration({ path, generation }),
    async analysis() {
      const id = (await record())?.analysis_id
      return id ? records.analyses.get(userId, id) : null
    },
    push: ({ token = goodToken, deliveryAttempt = 1, changes } = {}) =>
      postPush(url, { token, envelope: envelope({ ...event, ...changes }, deliveryAttempt) }),
  }
}

/** Sends this to the push endpoint and answers the HTTP status. */
export async function postPush(
  url: string,
  { token, envelope }: { token: string; envelope: unknown },
): Promise<number> {
  const response = await fetch(`${url}/push/${TOPICS.healthDataProcessing}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(envelope),
  })
  await response.text()
  return response.status
}

function envelope(event: UploadReceived, deliveryAttempt: number): object {
  return envelopeOf({ eventType: 'upload.received', data: event, deliveryAttempt })
}

interface Delivery {
  readonly eventType: EventType
  readonly data: { readonly user_id?: string; readonly upload_id?: string }
  readonly deliveryAttempt: number
}

function envelopeOf({ eventType, data, deliveryAttempt }: Delivery): object {
  const messageId = randomUUID()
  const publishTime = new Date().toISOString()
  return {
    deliveryAttempt,
    message: {
      attributes: messageAttributes(eventType, data.upload_id),
      data: Buffer.from(JSON.stringify(data)).toString('base64'),
      messageId,
      message_id: messageId,
      orderingKey: data.user_id,
      publishTime,
      publish_time: publishTime,
    },
    subscription: `projects/${projectId}/subscriptions/${TOPICS.healthDataProcessing}-push`,
  }
}
