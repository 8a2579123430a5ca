import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LocalCloud, startLocalCloud } from '@clarity/local-cloud'
import { type Line, type ServiceProcess, startServiceProcess } from '../tests/service-process.ts'

interface Span {
  readonly name: string
  readonly parent_span_id: string | null
}

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const upstream = createServer((_request, response) => response.end('heard'))
let cloud: LocalCloud
let env: Record<string, string>

beforeAll(async () => {
  cloud = await startLocalCloud({ projectId: 'demo-clarity', services: ['admin', 'otlp', 'pubsub'] })
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  env = {
    PORT: '0',
    METRICS_PORT: '0',
    GOOGLE_CLOUD_PROJECT: 'demo-clarity',
    USER_HASH_KEY: 'a key for tests only',
    OTEL_SERVICE_NAME: 'echo',
    OTEL_EXPORTER_OTLP_ENDPOINT: cloud.environment.OTEL_EXPORTER_OTLP_ENDPOINT ?? '',
    UPSTREAM: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
    GRPC_UPSTREAM: `127.0.0.1:${cloud.ports.pubsub}`,
  }
})

afterAll(async () => {
  upstream.closeAllConnections()
  upstream.close()
  await cloud[Symbol.asyncDispose]()
})

async function startedUrl(service: ServiceProcess): Promise<string> {
  const line = await service.line('listening')
  if (line === undefined) throw new Error(service.errors.join(''))
  return `http://127.0.0.1:${line.port as number}`
}

async function spansOf(traceId: string, count: number): Promise<Span[]> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${cloud.ports.admin}/admin/traces/${traceId}`)
    const { spans = [] } = (await response.json()) as { spans?: Span[] }
    if (spans.length >= count) return spans
    await sleep(50)
  }
}

describe('a running service', () => {
  it('is traced through HTTP, Express, undici, gRPC and pino, within the trace of its caller', async () => {
    await using service = startServiceProcess(env)
    const url = await startedUrl(service)
    const traceparent = `00-${TRACE_ID}-b7ad6b7169203331-00`
    await fetch(`${url}/health`)
    const response = await fetch(`${url}/echo/canary?secret=canary`, { headers: { traceparent } })
    expect(await response.json()).toEqual({ word: 'canary' })

    const spans = await spansOf(TRACE_ID, 4)
    const server = spans.find(({ name }) => name === 'GET /echo/:word')
    expect(server?.parent_span_id).toBe('b7ad6b7169203331')
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'GET',
      'GET /echo/:word',
      expect.stringMatching(/test\.Echo\/Say$/),
      'request handler',
    ])
    expect(JSON.stringify(spans)).not.toMatch(/canary|secret/)

    const echoed = (await service.line('echoed')) as Line
    expect(echoed).toMatchObject({
      severity: 'INFO',
      trace_id: TRACE_ID,
      'logging.googleapis.com/trace': `projects/demo-clarity/traces/${TRACE_ID}`,
      request_id: response.headers.get('x-request-id'),
    })
    expect(await service.line('request')).toMatchObject({
      method: 'GET',
      route: '/echo/:word',
      status: 200,
      request_id: response.headers.get('x-request-id'),
    })
    expect(await service.line('runtime warning')).toMatchObject({
      severity: 'WARNING',
      error: { class: 'TestWarning' },
    })
    expect(JSON.stringify([service.lines, service.errors])).not.toMatch(/canary|secret/)
  })

  it('lets a running request end on SIGTERM, sends its telemetry and exits 0', async () => {
    await using service = startServiceProcess(env)
    const url = await startedUrl(service)
    const answer = fetch(`${url}/slow`)
    const began = await service.line('slow request began')
    service.child.kill('SIGTERM')
    expect((await answer).status).toBe(200)
    expect(await service.exitCode()).toBe(0)
    expect(service.errors).toEqual([])
    const names = (await spansOf(String(began?.trace_id), 2)).map(({ name }) => name)
    expect(names).toContain('GET /slow')
  })

  it('on Cloud Run sends the spans of a push before it answers', async () => {
    await using service = startServiceProcess({ ...env, K_SERVICE: 'echo' })
    const url = await startedUrl(service)
    const traceId = 'e'.repeat(32)
    const headers = {
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      'content-type': 'application/json',
    }
    const body = JSON.stringify({ messageId: '1', data: {}, attributes: {}, subscription: 'echo-push' })
    expect((await fetch(`${url}/push/echo`, { method: 'POST', headers, body })).status).toBe(204)
    const answer = await fetch(`http://127.0.0.1:${cloud.ports.admin}/admin/traces/${traceId}`)
    const { spans } = (await answer.json()) as { spans: Span[] }
    expect(spans.map(({ name }) => name)).toContain('process echo')
  })

  it('that meets an error nobody caught logs it without its text and exits 1', async () => {
    await using service = startServiceProcess(env)
    await fetch(`${await startedUrl(service)}/crash`).catch(() => undefined)
    expect(await service.exitCode()).toBe(1)
    expect(await service.line('uncaught error')).toMatchObject({
      severity: 'ERROR',
      error: { class: 'TypeError' },
    })
    expect(JSON.stringify([service.lines, service.errors])).not.toContain('canary')
  })

  it('that cannot start says why in one line and exits 1', async () => {
    const taken = (upstream.address() as AddressInfo).port
    await using onTakenPort = startServiceProcess({ ...env, PORT: String(taken) })
    await using onBadEnv = startServiceProcess({ ...env, PORT: 'x', USER_HASH_KEY: '' })
    expect(await onTakenPort.exitCode()).toBe(1)
    expect(onTakenPort.errors.join('')).toBe(`echo: PORT: port ${taken} is taken\n`)
    expect(await onBadEnv.exitCode()).toBe(1)
    expect(onBadEnv.errors.join('').split('\n')).toEqual([
      expect.stringMatching(/^PORT: /),
      expect.stringMatching(/^USER_HASH_KEY: /),
      '',
    ])
  })
})
