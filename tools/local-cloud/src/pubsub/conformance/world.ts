import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { PubSub, v1 } from '@google-cloud/pubsub'
import { credentials, status } from '@grpc/grpc-js'

/** Google's own clients on one Pub/Sub server, in a project that nobody else uses. */
export interface World extends AsyncDisposable {
  readonly project: string
  readonly publisher: v1.PublisherClient
  readonly subscriber: v1.SubscriberClient
  readonly pubsub: PubSub
  topic(id: string): string
  subscription(id: string): string
  createTopic(id: string): Promise<string>
  createSubscription(id: string, topic: string, settings?: SubscriptionSettings): Promise<string>
  publish(topic: string, ...messages: MessageSettings[]): Promise<string[]>
  /** What a pull that does not wait brings. */
  pull(subscription: string, maxMessages?: number): Promise<Received[]>
  /** An HTTP server that answers pushes with what `status` gives for the n-th request (0 = silence). */
  endpoint(answer: (pushed: Pushed, index: number) => number, port?: number): Promise<Endpoint>
}

export type SubscriptionSettings = Parameters<v1.SubscriberClient['createSubscription']>[0]

export interface MessageSettings {
  readonly text?: string
  readonly attributes?: Record<string, string>
  readonly orderingKey?: string
}

export interface Received {
  readonly ackId: string
  readonly text: string
  readonly attributes: Record<string, string>
  readonly orderingKey: string
  readonly deliveryAttempt: number
}

export interface Pushed {
  readonly headers: IncomingHttpHeaders
  readonly body: {
    readonly deliveryAttempt?: number
    readonly subscription: string
    readonly message: Record<string, unknown>
  }
  readonly text: string
}

export interface Endpoint {
  readonly url: string
  readonly pushes: Pushed[]
  close(): Promise<unknown>
}

const PATIENCE_MS = 15_000
let projects = 0

/** The name of the gRPC status that a call ends with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'OK'
  } catch (error) {
    return status[(error as { code: number }).code] ?? String(error)
  }
}

/** What `look` finds as soon as it finds something true. */
export async function eventually<T>(
  look: () => T | false | undefined | Promise<T | false | undefined>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error('nothing came in time')
    await delay(20)
  }
}

export function createWorld(host: string): World {
  const project = `conformance-${process.pid}-${(projects += 1)}`
  const [address, port] = host.split(':')
  const options = {
    projectId: project,
    servicePath: address ?? '',
    port: Number(port),
    sslCreds: credentials.createInsecure(),
  }
  const publisher = new v1.PublisherClient(options)
  const subscriber = new v1.SubscriberClient(options)
  const pubsub = new PubSub({ projectId: project, apiEndpoint: host, emulatorMode: true })
  const closers: (() => Promise<unknown>)[] = [
    () => pubsub.close(),
    () => publisher.close(),
    () => subscriber.close(),
  ]
  const names = {
    topic: (id: string) => `projects/${project}/topics/${id}`,
    subscription: (id: string) => `projects/${project}/subscriptions/${id}`,
  }
  return {
    project,
    publisher,
    subscriber,
    pubsub,
    ...names,
    ...shortcuts(publisher, subscriber, names),
    async endpoint(answer, port) {
      const endpoint = await startEndpoint(answer, port)
      closers.push(endpoint.close)
      return endpoint
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(closers.map((close) => close()))
    },
  }
}

function shortcuts(
  publisher: v1.PublisherClient,
  subscriber: v1.SubscriberClient,
  names: Pick<World, 'topic' | 'subscription'>,
): Pick<World, 'createTopic' | 'createSubscription' | 'publish' | 'pull'> {
  return {
    async createTopic(id) {
      await publisher.createTopic({ name: names.topic(id) })
      return names.topic(id)
    },
    async createSubscription(id, topic, settings) {
      await subscriber.createSubscription({ ...settings, name: names.subscription(id), topic })
      return names.subscription(id)
    },
    async publish(topic, ...messages) {
      const [answer] = await publisher.publish({
        topic,
        messages: messages.map(({ text, ...rest }) => ({ ...rest, data: Buffer.from(text ?? '') })),
      })
      return answer.messageIds ?? []
    },
    async pull(subscription, maxMessages = 10) {
      const [answer] = await subscriber.pull({ subscription, maxMessages, returnImmediately: true })
      return (answer.receivedMessages ?? []).map(({ ackId, message, deliveryAttempt }) => ({
        ackId: ackId ?? '',
        text: Buffer.from(message?.data ?? '').toString(),
        attributes: message?.attributes ?? {},
        orderingKey: message?.orderingKey ?? '',
        deliveryAttempt: deliveryAttempt ?? 0,
      }))
    },
  }
}

async function startEndpoint(answer: (pushed: Pushed, index: number) => number, port = 0) {
  const pushes: Pushed[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Pushed['body']
      const text = Buffer.from(String(body.message['data'] ?? ''), 'base64').toString()
      const pushed = { headers: request.headers, body, text }
      const code = answer(pushed, pushes.push(pushed) - 1)
      if (code === 102) response.writeProcessing()
      else if (code !== 0) response.writeHead(code).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push?key=value`,
    pushes,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
