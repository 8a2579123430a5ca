import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { TOPICS } from '@clarity/contracts'
import { type LocalCloud, startLocalCloud } from '@clarity/local-cloud'
import { type RecordStore, createFirestoreRecordStore } from '@clarity/record-store'
import type { Service } from '@clarity/service-shell'
import { type PushTarget, RAW_BUCKET, provision } from '@clarity/testkit'
import { type PrivateServices, startPrivateServices } from './private-services.ts'
import { envToConfig } from '../src/config.ts'
import { type IngestionParts, createIngestionService } from '../src/service.ts'

export const projectId = 'demo-clarity'
const API_KEY = 'local-api-key'
/** Whom the pushes to ingestion come from, and for whom they are. */
export const pushed = { serviceUrl: 'https://ingestion.test', serviceAccount: 'push-ingestion@example.com' }

export interface Call {
  readonly token?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer | object
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // Answers are checked field by field in the tests.
  readonly body: any // eslint-disable-line @typescript-eslint/no-explicit-any
}

export interface Person {
  readonly userId: string
  readonly email: string
  readonly password: string
  readonly token: string
  readonly refreshToken: string
}

export interface PushedMessage {
  readonly data: Record<string, unknown>
  readonly attributes: Record<string, string>
  readonly orderingKey: string
}

/** Ingestion in this process on a local cloud in memory, and a stand-in for analysis that keeps what it is sent. */
export interface Ingestion extends AsyncDisposable {
  readonly cloud: LocalCloud
  readonly url: string
  readonly records: RecordStore
  readonly routes: Service['routes']
  call(method: string, path: string, call?: Call): Promise<Answer>
  /** Registers a new person. */
  person(): Promise<Person>
  /** Messages of this person, once there are that many. */
  messages(userId: string, count: number): Promise<PushedMessage[]>
  admin(method: string, path: string, body?: object): Promise<Answer>
  /** What stands in for the private services. */
  readonly behind: PrivateServices
}

/** What one test wants otherwise. */
export interface Difference {
  readonly environment?: Readonly<Record<string, string>>
  readonly overrides?: Partial<IngestionParts>
}

/** Starts it all on free ports; the environment of this process is put back at the end. */
export async function ingestionOnLocalCloud({ environment, overrides }: Difference = {}): Promise<Ingestion> {
  await using starting = new AsyncDisposableStack()
  const cloud = starting.use(await startLocalCloud({ projectId, services: PARTS }))
  starting.defer(changeEnvironment(cloud.environment))
  const received: PushedMessage[] = []
  const listener = starting.use(await listenForPushes(received))
  await subscribe(cloud, {
    topic: TOPICS.healthDataProcessing,
    serviceUrl: listener.url,
    endpoint: listener.url,
    serviceAccount: 'push@example.com',
  })
  const behind = starting.use(await startPrivateServices())
  const services = { ANALYSIS_URL: behind.url, INSIGHT_URL: behind.url }
  const config = envToConfig({ ...ingestionEnvironment(cloud), ...services, ...environment })
  const service = starting.use(createIngestionService(config, overrides))
  const { port } = await service.start()
  const url = `http://127.0.0.1:${port}`
  const endpoint = `${url}/push/${TOPICS.rawUploadFinalized}`
  await subscribe(cloud, { topic: TOPICS.rawUploadFinalized, endpoint, ...pushed })
  const records = starting.use(createFirestoreRecordStore({ projectId, userHashKey: config.userHashKey }))
  const call = caller(url)
  const running = starting.move()
  return {
    cloud,
    url,
    records,
    routes: service.routes,
    behind,
    call,
    person: () => register(call),
    messages: async (userId, count) => {
      const own = (): PushedMessage[] => received.filter(({ orderingKey }) => orderingKey === userId)
      await eventually(() => own().length >= count)
      return own()
    },
    admin: (method, path, body) =>
      caller(`http://127.0.0.1:${cloud.ports.admin}`)(method, path, { ...(body && { body }) }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function subscribe({ environment }: LocalCloud, target: PushTarget): Promise<void> {
  return provision({
    projectId,
    pubsub: environment.PUBSUB_EMULATOR_HOST as string,
    storage: environment.STORAGE_EMULATOR_HOST as string,
    targets: [target],
  })
}

const PARTS = ['admin', 'pubsub', 'firestore', 'storage', 'auth', 'metadata'] as const

/** Resolves as soon as it holds; fails after 25 s, in which a message that was refused once comes again. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 25_000
  while (performance.now() < deadline) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('It never came to hold.')
}

/** The variables of a service on this cloud, with free ports. */
export function ingestionEnvironment(cloud: LocalCloud): Record<string, string> {
  return {
    ...cloud.environment,
    PORT: '0',
    METRICS_PORT: '0',
    RAW_BUCKET,
    FIREBASE_API_KEY: API_KEY,
    USER_HASH_KEY: 'a key for pseudonyms in tests',
    CURSOR_KEY: 'a key for cursors in tests',
    PUSH_AUDIENCE: pushed.serviceUrl,
    PUSH_SERVICE_ACCOUNT: pushed.serviceAccount,
    ANALYSIS_URL: 'http://127.0.0.1:1',
    INSIGHT_URL: 'http://127.0.0.1:1',
    AUTH_CALLS_PER_MINUTE: '1000',
  }
}

/** Google's clients read the process's environment when they are made. */
function changeEnvironment(variables: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env }
  Object.assign(process.env, variables)
  return () => {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

async function listenForPushes(received: PushedMessage[]): Promise<AsyncDisposable & { url: string }> {
  const server: Server = createServer(async (request, response) => {
    const { message } = (await json(request)) as { message: PushedMessage & { data: string } }
    received.push({ ...message, data: JSON.parse(Buffer.from(message.data, 'base64').toString()) })
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Calls of one service. */
export function caller(url: string): Ingestion['call'] {
  return async (method, path, { token, headers, body } = {}) => {
    const plain = body !== undefined && body?.constructor === Object
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(plain && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: plain ? JSON.stringify(body) : (body as RequestInit['body']) }),
    })
    const text = await response.text()
    const isJson = /\bjson/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
}

let people = 0

async function register(call: Ingestion['call']): Promise<Person> {
  const credentials = { email: `person-${++people}@example.com`, password: 'correct horse battery' }
  const { body } = await call('POST', '/api/v1/auth/register', { body: credentials })
  return {
    ...credentials,
    userId: body.user.user_id,
    token: body.tokens.id_token,
    refreshToken: body.tokens.refresh_token,
  }
}
