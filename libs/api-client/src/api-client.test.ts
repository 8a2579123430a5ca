import { once } from 'node:events'
import { type RequestListener, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ApiError, createApiClient, dataOf } from './api-client.ts'

/** Where a server answers like that, as long as the test runs. */
async function answering(listener: RequestListener): Promise<AsyncDisposable & { readonly baseUrl: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

describe('the client', () => {
  it('sends the token of the moment, and none where it has none', async () => {
    await using api = await answering((request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({ status: 'ok', checks: { token: request.headers.authorization ?? 'none' } }),
      )
    })
    let token = 'first'
    const client = createApiClient({ baseUrl: api.baseUrl, token: () => token })
    const sent = async (by = client) => (await dataOf(by.GET('/api/v1/pat/health'))).checks.token
    expect(await sent()).toBe('Bearer first')
    token = 'second'
    expect(await sent()).toBe('Bearer second')
    expect(await sent(createApiClient({ baseUrl: api.baseUrl, token: 'fixed' }))).toBe('Bearer fixed')
    expect(await sent(createApiClient({ baseUrl: api.baseUrl }))).toBe('none')
  })

  it('makes an error of a problem, with what it says and when to come again', async () => {
    const problem = { type: 'https://clarity.health/problems/unavailable', status: 503, detail: 'Not now.' }
    await using api = await answering((_request, response) => {
      response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '7' })
      response.end(JSON.stringify(problem))
    })
    const failed = dataOf(createApiClient({ baseUrl: api.baseUrl }).GET('/api/v1/auth/me'))
    const error = await failed.catch((reason: unknown) => reason as ApiError)
    expect(error).toMatchObject({ message: '503: Not now.', status: 503, problem, retryAfterSeconds: 7 })
  })

  it('makes an error of any other refusal as well', async () => {
    await using api = await answering((_request, response) => {
      response.writeHead(502).end('<html>')
    })
    const failed = dataOf(createApiClient({ baseUrl: api.baseUrl }).GET('/api/v1/auth/me'))
    const error = await failed.catch((reason: unknown) => reason as ApiError)
    expect(error).toMatchObject({
      message: '502: Bad Gateway',
      problem: undefined,
      retryAfterSeconds: undefined,
    })
  })
})
