import { once } from 'node:events'
import { type IncomingMessage, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServiceContext } from '../service-context.ts'
import { type PushRelay, startPushRelay } from './push-relay.ts'

/** What Google's emulator pushes. */
const ENVELOPE = {
  subscription: 'projects/demo-clarity/subscriptions/work-push',
  message: { data: 'eyJhIjoxfQ==', messageId: '10', message_id: '10', attributes: { k: 'v' } },
}

interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

describe('the relay for pushes of an outside emulator', () => {
  const context = createServiceContext({ projectId: 'demo-clarity' })
  let relay: PushRelay
  let service: Server
  let received: Received[]
  let status: number

  beforeEach(async () => {
    relay = await startPushRelay(context)
    received = []
    status = 204
    service = createServer(async (request, response) => {
      const chunks = (await request.toArray()) as Buffer[]
      received.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
      response.writeHead(status).end()
    }).listen(0, '127.0.0.1')
    await once(service, 'listening')
  })
  afterEach(async () => {
    context.faults.clear()
    await relay[Symbol.asyncDispose]()
    service.close()
  })

  const portOf = () => (service.address() as AddressInfo).port
  const endpoint = () =>
    relay.endpointFor({
      url: `http://127.0.0.1:${portOf()}/push/work`,
      audience: 'http://127.0.0.1:8081',
      serviceAccount: 'push@example.com',
    })
  const push = async (url: string, body: unknown = ENVELOPE) =>
    (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).status

  it('passes the envelope on with a token of the target’s account', async () => {
    expect(await push(endpoint())).toBe(204)
    expect(received[0]?.body).toEqual({ ...ENVELOPE, deliveryAttempt: 1 })
    const [, claims = ''] = String(received[0]?.headers.authorization).split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: 'http://127.0.0.1:8081',
      email: 'push@example.com',
      email_verified: true,
    })
  })

  it('answers the target’s status and counts the attempts of each message until one succeeds', async () => {
    const url = endpoint()
    const other = { ...ENVELOPE, message: { ...ENVELOPE.message, messageId: '11', message_id: '11' } }
    status = 503
    expect([await push(url), await push(url), await push(url, other)]).toEqual([503, 503, 503])
    status = 204
    expect([await push(url), await push(url)]).toEqual([204, 204])
    expect(received.map(({ body }) => (body as { deliveryAttempt: number }).deliveryAttempt)).toEqual([
      1, 2, 1, 3, 1,
    ])
  })

  it('waits for a service that does not listen yet', async () => {
    const url = endpoint()
    const port = portOf()
    service.close()
    await once(service, 'close')
    const status = push(url)
    setTimeout(() => service.listen(port, '127.0.0.1'), 300)
    expect(await status).toBe(204)
  })

  it('meets the faults of pushes to that subscription', async () => {
    context.faults.add({ service: 'push', method: 'work-push', code: 500, times: 1 })
    expect(await push(endpoint())).toBe(500)
    expect(received).toEqual([])
  })

  it('refuses what is no envelope, and targets that it was not told of', async () => {
    expect(await push(endpoint(), [])).toBe(400)
    expect(await push(`${endpoint()}9`)).toBe(404)
  })
})
