import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { startLocalCloud } from '@clarity/local-cloud'
import { PubSub } from '@google-cloud/pubsub'

export const PROJECT_ID = 'demo-clarity'

export interface TestCloud extends AsyncDisposable {
  readonly emulatorHost: string
  readonly pubsub: PubSub
  fault(fault: { method?: string; code?: string; latency_ms?: number; times?: number }): Promise<void>
}

/** The local cloud's Pub/Sub, and Google's client to prepare it with. */
export async function startTestCloud(): Promise<TestCloud> {
  const cloud = await startLocalCloud({ projectId: PROJECT_ID, services: ['admin', 'pubsub'] })
  const emulatorHost = `127.0.0.1:${cloud.ports.pubsub}`
  const pubsub = new PubSub({ projectId: PROJECT_ID, apiEndpoint: emulatorHost })
  return {
    emulatorHost,
    pubsub,
    async fault(fault) {
      const body = JSON.stringify({ service: 'pubsub', ...fault })
      const headers = { 'content-type': 'application/json' }
      await fetch(`http://127.0.0.1:${cloud.ports.admin}/admin/faults`, { method: 'POST', headers, body })
    },
    async [Symbol.asyncDispose]() {
      await pubsub.close()
      await cloud[Symbol.asyncDispose]()
    },
  }
}

export interface PushEndpoint extends AsyncDisposable {
  readonly url: string
  /** The body of the next push that has not been taken yet. */
  next(): Promise<unknown>
}

/** An endpoint that acknowledges every push and keeps its body. */
export async function startPushEndpoint(): Promise<PushEndpoint> {
  const bodies: unknown[] = []
  const server: Server = createServer((request, response) => {
    void json(request).then((body) => {
      bodies.push(body)
      server.emit('pushed')
      response.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`,
    async next() {
      if (bodies.length === 0) await once(server, 'pushed')
      return bodies.shift()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
