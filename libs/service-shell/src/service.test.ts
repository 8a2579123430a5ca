import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { unavailable } from '@clarity/failure'
import { ok } from './answer.ts'
import { route } from './route.ts'
import { startTestService } from '../tests/test-service.ts'

describe('a service', () => {
  it('is alive and, once its checks hold, ready', async () => {
    let holds = false
    const check = () => (holds ? Promise.resolve() : Promise.reject(unavailable('Not yet.')))
    const never = { name: 'never', timeoutMs: 20, check: () => new Promise<void>(() => undefined) }
    await using service = await startTestService({ readiness: [{ name: 'records', check }] })
    await using stuck = await startTestService({ readiness: [never] })
    expect(await json(`${service.url}/health`)).toEqual([200, { status: 'ok' }])
    const [status, problem] = await json(`${service.url}/ready`)
    expect([status, problem]).toMatchObject([503, { checks: { records: 'unavailable' } }])
    holds = true
    expect(await json(`${service.url}/ready`)).toEqual([200, { status: 'ok', checks: { records: 'ok' } }])
    expect(await json(`${stuck.url}/ready`)).toMatchObject([503, { checks: { never: 'no answer in time' } }])
  })

  it('names each request by the id of the client, if that is sane', async () => {
    await using service = await startTestService({})
    const idFor = async (sent: string) => {
      const response = await fetch(`${service.url}/nothing`, { headers: { 'x-request-id': sent } })
      return response.headers.get('x-request-id')
    }
    expect(await idFor('client-1.a_b')).toBe('client-1.a_b')
    expect(await idFor('no spaces please')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await idFor('x'.repeat(129))).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('forbids that answers are kept or guessed at', async () => {
    await using service = await startTestService({})
    const { headers } = await fetch(`${service.url}/health`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('shows its metrics on a port of their own and nothing else there', async () => {
    await using service = await startTestService({})
    const metrics = await fetch(`${service.metricsUrl}/metrics`)
    expect(await metrics.text()).toContain('target_info{')
    expect((await fetch(`${service.metricsUrl}/health`)).status).toBe(404)
    expect((await fetch(`${service.url}/metrics`)).status).toBe(404)
  })

  it('says in one line which port is taken and which variable moves it', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await once(blocker, 'listening')
    const { port } = blocker.address() as AddressInfo
    await expect(startTestService({ config: { port } })).rejects.toThrow(`PORT: port ${port} is taken`)
    await expect(startTestService({ config: { metricsPort: port } })).rejects.toThrow(
      `METRICS_PORT: port ${port} is taken`,
    )
    blocker.close()
  })

  it('lets running requests end and then closes its resources in reverse', async () => {
    const order: string[] = []
    const started = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const slow = route({
      method: 'GET',
      path: '/slow',
      auth: 'none',
      handle: async () => {
        started.resolve()
        await finish.promise
        order.push('request')
        return ok({ done: true })
      },
    })
    const resource = (name: string, error?: Error): AsyncDisposable => ({
      [Symbol.asyncDispose]: () => {
        order.push(name)
        return error === undefined ? Promise.resolve() : Promise.reject(error)
      },
    })
    const resources = [resource('first'), resource('second', new Error('stuck')), resource('third')]
    const service = await startTestService({ routes: [slow], resources })
    const answer = json(`${service.url}/slow`)
    await started.promise
    const stopped = service[Symbol.asyncDispose]()
    await expect(fetch(`${service.url}/health`)).rejects.toThrow()
    finish.resolve()
    expect(await answer).toEqual([200, { done: true }])
    await stopped
    expect(order).toEqual(['request', 'third', 'second', 'first'])
  })

  it.each([
    ['what is no HTTP', 'NONSENSE\r\n\r\n', [400, 'malformed']],
    ['one long header', get(`X-Long: ${'x'.repeat(20_000)}\r\n`), [431, 'headers-too-large']],
    ['a flood of headers', get('X-Many: 1\r\n'.repeat(2000)), [431, 'headers-too-large']],
    ['two lengths', get('Content-Length: 1\r\nContent-Length: 2\r\n'), [400, 'malformed']],
    ['a length below zero', get('Content-Length: -1\r\n'), [400, 'malformed']],
    [
      'a length beside chunks',
      get('Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'),
      [400, 'malformed'],
    ],
    ['a header folded over lines', get('X-Folded: a\r\n b\r\n : c\r\n'), [400, 'malformed']],
  ])('answers %s with a problem as well', async (_, request, [status, slug]) => {
    await using service = await startTestService({})
    const text = await send(service.url, request)
    expect(text).toMatch(/^HTTP\/1.1 \d{3} .*application\/problem\+json.*X-Request-Id: [0-9a-f-]{36}/s)
    expect(JSON.parse(text.split('\r\n\r\n')[1] as string)).toMatchObject({
      type: `https://clarity.health/problems/${slug}`,
      status,
    })
  })

  it('passes over an expectation that it does not know', async () => {
    await using service = await startTestService({})
    const text = await send(service.url, 'GET /health HTTP/1.1\r\nHost: a\r\nExpect: much\r\n\r\n')
    expect(text).toMatch(/^HTTP\/1.1 200 .*X-Request-Id/s)
  })
})

/** A request with these header lines. */
function get(headers: string): string {
  return `GET /health HTTP/1.1\r\nHost: a\r\n${headers}\r\n`
}

async function send(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(request)
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return bytes.toString()
}

async function json(url: string): Promise<[number, unknown]> {
  const response = await fetch(url)
  return [response.status, await response.json()]
}
