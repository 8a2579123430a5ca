import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type Analysis, type Insight, TOPICS, type UploadRecord } from '@clarity/contracts'
import { type Fault, type LocalCloud, startLocalCloud } from '@clarity/local-cloud'
import { type VertexOptions, createVertexLanguageModel } from '@clarity/language-model'
import { type RecordStore, createFirestoreRecordStore } from '@clarity/record-store'
import { type Message, PubSub, type Subscription } from '@google-cloud/pubsub'
import { envToConfig } from '../../src/config.ts'
import { createInsightService } from '../../src/service.ts'
import { analysisFixture } from './analysis-fixture.ts'

const projectId = 'demo-clarity'
const AUDIENCE = 'http://insight.local'
const ACCOUNT = `clarity-push-insight@${projectId}.iam.gserviceaccount.com`
const INTERNAL_CALLER = `clarity-ingestion@${projectId}.iam.gserviceaccount.com`
const COUNTED = 'user-insights-counted'
const READ = 'user-insights-read'

export interface Pushed {
  readonly token?: string
  readonly deliveryAttempt?: number
  /** In place of the event's own data. */
  readonly data?: unknown
}

/** One person with one upload whose analysis is complete and current. */
export interface Case {
  readonly userId: string
  readonly uploadId: string
  readonly analysis: Analysis
  /** Delivers the analysis's message and answers the HTTP status. */
  push(pushed?: Pushed): Promise<number>
  upload(): Promise<UploadRecord | null>
  insights(): Promise<readonly Insight[]>
}

/** The insight, or that it is pending, or the problem. */
type Asked = Insight & { readonly status?: string; readonly errors?: readonly { readonly path: string }[] }

/** Insight in this process on a local cloud in memory. */
export interface InsightWorld extends AsyncDisposable {
  readonly records: RecordStore
  newCase(changes?: Partial<Analysis>): Promise<Case>
  inject(fault: Fault): Promise<void>
  clearFaults(): Promise<void>
  /** How many insights were announced so far. */
  announced(): Promise<number>
  /** The announcement of this person's insight. */
  announcement(userId: string): Promise<{ data: unknown; attributes: Record<string, string> }>
  token(claims: object, key?: 'good' | 'foreign'): Promise<string>
  /** Asks for an insight in the name of ingestion, or with that token. */
  ask(wanted: object, how?: { wait?: boolean; token?: string }): Promise<{ status: number; body: Asked }>
  get(path: string): Promise<{ status: number; body: unknown }>
  /** The service's metrics as Prometheus text. */
  metrics(): Promise<string>
}

/** Starts it all on free ports; `vertex` sharpens the model's limits. */
export async function insightOnLocalCloud(vertex: Partial<VertexOptions> = {}): Promise<InsightWorld> {
  await using starting = new AsyncDisposableStack()
  const cloud = starting.use(
    await startLocalCloud({ projectId, services: ['pubsub', 'firestore', 'vertex', 'metadata', 'admin'] }),
  )
  starting.defer(changeEnvironment(cloud))
  const pubsub = new PubSub({ projectId })
  starting.defer(() => pubsub.close())
  const announcements: Message[] = []
  const subscription = await subscribe(pubsub, announcements)
  starting.defer(() => subscription.close())
  const config = envToConfig({ ...cloud.environment, ...OWN_ENVIRONMENT })
  const model = createVertexLanguageModel({
    projectId,
    ...config.vertex,
    accessToken: () => Promise.resolve('local'),
    timeoutMs: 10_000,
    initialDelayMs: 1,
    maxDelayMs: 4,
    failuresToOpen: 100,
    ...vertex,
  })
  const service = starting.use(createInsightService(config, { model }))
  const records = starting.use(createFirestoreRecordStore({ projectId, userHashKey: config.userHashKey }))
  const { port, metricsPort } = await service.start()
  const url = `http://127.0.0.1:${port}`
  const admin = adminClient(`http://127.0.0.1:${cloud.ports.admin}/admin`)
  const good = await admin.token({ aud: AUDIENCE, email: ACCOUNT })
  const internal = await admin.token({ aud: AUDIENCE, email: INTERNAL_CALLER })
  const running = starting.move()
  return {
    records,
    ...admin,
    async ask(wanted, { wait = true, token = internal } = {}) {
      const response = await fetch(`${url}/internal/insights?wait=${wait}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(wanted),
      })
      return { status: response.status, body: (await response.json()) as Asked }
    },
    newCase: (changes) => newCase({ records, url, token: good }, changes),
    async get(path) {
      const response = await fetch(`${url}${path}`)
      return { status: response.status, body: await response.json() }
    },
    metrics: async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    announcement: async (userId) => {
      const found = () => announcements.find(({ orderingKey }) => orderingKey === userId)
      for (let tries = 0; tries < 100 && !found(); tries += 1) await pause(20)
      const message = found()
      return { data: JSON.parse(message?.data.toString() ?? 'null'), attributes: message?.attributes ?? {} }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const OWN_ENVIRONMENT = {
  PORT: '0',
  METRICS_PORT: '0',
  USER_HASH_KEY: 'a-key-of-sixteen-letters',
  PUSH_AUDIENCE: AUDIENCE,
  PUSH_SERVICE_ACCOUNT: ACCOUNT,
  INTERNAL_SERVICE_ACCOUNT: INTERNAL_CALLER,
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function changeEnvironment(cloud: LocalCloud): () => void {
  const before = { ...process.env }
  Object.assign(process.env, cloud.environment)
  setDefaultCACertificates([
    ...getCACertificates('default'),
    readFileSync(cloud.certificateFile ?? '', 'utf8'),
  ])
  return () => void (process.env = before)
}

async function subscribe(pubsub: PubSub, messages: Message[]): Promise<Subscription> {
  const [topic] = await pubsub.createTopic(TOPICS.userInsights)
  await topic.createSubscription(COUNTED)
  const [subscription] = await topic.createSubscription(READ)
  subscription.on('message', (message) => {
    messages.push(message)
    message.ack()
  })
  subscription.on('error', () => undefined)
  return subscription
}

interface State {
  readonly topics: { subscriptions: { name: string; backlog: number }[] }[]
}

function adminClient(base: string) {
  const post = (path: string, body: object) =>
    fetch(`${base}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    inject: async (fault: Fault) => void (await post('faults', fault)),
    clearFaults: async () => void (await fetch(`${base}/faults`, { method: 'DELETE' })),
    async token(claims: object, key: 'good' | 'foreign' = 'good') {
      const answer = await post('tokens', { kind: 'push', claims, key })
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
  readonly records: RecordStore
  readonly url: string
  readonly token: string
}

async function newCase(surroundings: Surroundings, changes: Partial<Analysis> = {}): Promise<Case> {
  const { records, url } = surroundings
  const userId = `user-${randomUUID()}`
  const at = new Date().toISOString()
  const { upload } = await records.uploads.createOnce({
    userId,
    bodySha256: randomUUID().replaceAll('-', '').repeat(2),
    receivedAt: at,
    build: (identity) => ({
      object_path: `raw/${userId}/${identity.uploadId}`,
      format: 'json',
      content_type: 'application/json',
      content_encoding: null,
      bytes: 2,
      decoded_bytes: 2,
      timezone: null,
      warnings: [],
      received_at: at,
      trace_id: null,
    }),
  })
  const uploadId = upload.upload_id
  const analysis = analysisFixture({
    analysis_id: `ana-${randomUUID()}`,
    user_id: userId,
    upload_id: uploadId,
    ...changes,
  })
  await records.analyses.createOnce(analysis)
  await records.users.put(userId, { current_analysis_id: analysis.analysis_id })
  await records.uploads.advance(userId, uploadId, { at, stage: 'predicted', status: 'processing' })
  return {
    userId,
    uploadId,
    analysis,
    upload: () => records.uploads.get(userId, uploadId),
    insights: async () => (await records.insights.history(userId, { limit: 10 })).data,
    async push({ token = surroundings.token, deliveryAttempt = 1, data } = {}) {
      const event = data ?? eventOf(analysis, uploadId)
      const response = await fetch(`${url}/push/${TOPICS.mlPredictions}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(envelope(event, { userId, uploadId, deliveryAttempt })),
      })
      await response.text()
      return response.status
    },
  }
}

/** The event that analysis publishes. */
export function eventOf({ user_id, analysis_id, digest, window }: Analysis, uploadId?: string): object {
  return {
    schema_version: 1,
    ...(uploadId && { upload_id: uploadId }),
    user_id,
    analysis_id,
    analysis_digest: digest,
    window: { start: window.start, end: window.end },
    model: { name: 'pat-s', sha256: 'abc' },
    analyzed_at: '2026-03-09T08:00:00.000Z',
  }
}

function envelope(event: unknown, about: { userId: string; uploadId: string; deliveryAttempt: number }) {
  const messageId = randomUUID()
  const publishTime = new Date().toISOString()
  return {
    deliveryAttempt: about.deliveryAttempt,
    message: {
      attributes: { event_type: 'analysis.completed', schema_version: '1', upload_id: about.uploadId },
      data: Buffer.from(JSON.stringify(event)).toString('base64'),
      messageId,
      message_id: messageId,
      orderingKey: about.userId,
      publishTime,
      publish_time: publishTime,
    },
    subscription: `projects/${projectId}/subscriptions/${TOPICS.mlPredictions}-push`,
  }
}
