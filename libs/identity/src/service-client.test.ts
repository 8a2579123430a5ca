import { once } from 'node:events'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestCloud, outcome, startTestCloud } from '../tests/cloud.ts'
import { type ServiceClient, createServiceClient } from './service-client.ts'
import { createServiceVerifier } from './service-verifier.ts'

let cloud: TestCloud
let server: Server
let url: string
let client: ServiceClient
let answer: (request: IncomingMessage, response: ServerResponse) => void

beforeAll(async () => {
  cloud = await startTestCloud()
  server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  client = createServiceClient({ url, timeoutMs: 5000 })
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await cloud[Symbol.asyncDispose]()
})

const answers = (status: number, body: object | string) => {
  answer = (_request, response) =>
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
}
const problem = (code: string, status: number, more: object = {}) => ({
  type: `https://clarity.health/problems/${code}`,
  title: 'A title',
  status,
  detail: 'A sentence.',
  instance: '/x',
  trace_id: null,
  ...more,
})
const get = { method: 'GET', path: '/internal/model' } as const

describe('a call of a private service', () => {
  it('carries a token for that service of the account that calls', async () => {
    const verify = createServiceVerifier({
      certsUrl: cloud.environment.PUSH_CERTS_URL ?? '',
      audience: url,
      serviceAccount: 'clarity-ingestion@demo-clarity.iam.gserviceaccount.com',
    })
    const seen = Promise.withResolvers<IncomingMessage>()
    answer = (request, response) => {
      seen.resolve(request)
      response.writeHead(200).end('{"here":true}')
    }
    expect(await client.call(get)).toEqual({ status: 200, body: { here: true } })
    expect(await outcome(verify((await seen.promise).headers.authorization))).toBe('done')
  })

  it('answers without a body what has none', async () => {
    answers(202, '')
    expect(await client.call({ method: 'POST', path: '/x', body: {} })).toEqual({
      status: 202,
      body: undefined,
    })
  })

  it.each([
    [404, 'not-found', 'not-found not-found'],
    [409, 'taken', 'conflict taken'],
    [413, 'body-too-large', 'too-large body-too-large'],
    [422, 'invalid', 'invalid invalid'],
    [401, 'account-erased', 'unauthenticated account-erased'],
    [401, 'unauthenticated', 'unavailable service-unavailable'],
    [403, 'forbidden', 'unavailable service-unavailable'],
    [500, 'internal', 'unavailable service-unavailable'],
    [503, 'unavailable', 'unavailable service-unavailable'],
  ])('that is refused with %i %s fails as %s', async (status, code, failure) => {
    answers(status, problem(code, status))
    expect(await outcome(client.call(get))).toBe(failure)
  })

  it('passes on which field is at fault, and no text of anybody else', async () => {
    const errors = [{ path: 'activity', reason: 'too short' }]
    answers(422, problem('invalid', 422, { errors }))
    await expect(client.call(get)).rejects.toMatchObject({ details: { detail: 'A sentence.', errors } })
    answers(404, '<html>some proxy</html>')
    await expect(client.call(get)).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'A part of this service cannot do its work.',
    })
  })

  it('that is not answered in time, or by nobody, is unavailable', async () => {
    const waiting = Promise.withResolvers<ServerResponse>()
    answer = (_request, response) => waiting.resolve(response)
    expect(await outcome(client.call({ ...get, timeoutMs: 100 }))).toBe('unavailable service-unavailable')
    expect(await outcome(client.call({ ...get, signal: AbortSignal.abort() }))).toBe(
      'unavailable service-unavailable',
    )
    ;(await waiting.promise).end()
    const nobody = createServiceClient({ url: 'http://127.0.0.1:1' })
    expect(await outcome(nobody.call(get))).toBe('unavailable service-unavailable')
    expect(await outcome(nobody.check(AbortSignal.timeout(1000)))).toBe('unavailable service-unavailable')
  })

  it('checks that the service is ready', async () => {
    answers(200, { status: 'ok', checks: {} })
    expect(await outcome(client.check(AbortSignal.timeout(1000)))).toBe('done')
  })
})
