import type { ServiceContext } from '../emulated-service.ts'
import { type Handle, type HttpRoute, type HttpServer, startHttpServer } from '../http/http-server.ts'
import { sendJson } from '../http/send-json.ts'
import type { TelemetryStore } from '../otlp/telemetry-store.ts'
import { indexPage } from './index-page.ts'
import { Problem, sendProblem } from './problem.ts'
import { faultRequest, readFaultFilter, readRequest, tokenRequest } from './requests.ts'
import { tokenClaims } from './token-claims.ts'

/** What the local cloud holds, part by part; null for a part that is played elsewhere. */
interface CloudState {
  readonly topics: readonly object[] | null
  readonly collections: readonly object[] | null
  readonly buckets: readonly object[] | null
  readonly users: readonly object[] | null
}

export interface AdminParts {
  readonly context: ServiceContext
  /** Absent where no telemetry is received. */
  readonly telemetry: TelemetryStore | undefined
  state(): CloudState
  /** Forgets all data; what a deployment creates (topics, subscriptions, buckets) stays. */
  reset(): void
}

const TRACES_LISTED = 200
const LOGS_LISTED = 1000

/** The admin interface over HTTP: state, traces, faults, tokens and reset. */
export function startAdmin(parts: AdminParts, options: { port: number }): Promise<HttpServer> {
  return startHttpServer({
    port: options.port,
    routes: [...stateRoutes(parts), ...telemetryRoutes(parts), ...faultRoutes(parts), tokenRoute(parts)],
    otherwise: (request) => {
      throw new Problem(404, 'not-found', { detail: `There is no ${request.method} ${request.path}.` })
    },
    onError: (error, request, response) => sendProblem(error, request.path, response),
  })
}

const get = (path: string, handle: Handle): HttpRoute => ({ method: 'GET', path, handle })

function stateRoutes(parts: AdminParts): HttpRoute[] {
  return [
    get('/', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(indexPage(parts.context))
    }),
    get('/health', (_request, response) => sendJson(response, { body: { status: 'ok' } })),
    get('/admin/state', (_request, response) => sendJson(response, { body: parts.state() })),
    {
      method: 'POST',
      path: '/admin/reset',
      handle(request, response) {
        request.message.resume()
        parts.reset()
        parts.context.faults.clear()
        response.writeHead(204).end()
      },
    },
  ]
}

function telemetryRoutes({ telemetry }: AdminParts): HttpRoute[] {
  return [
    get('/admin/traces', (_request, response) =>
      sendJson(response, { body: { traces: telemetry?.traces(TRACES_LISTED) ?? [] } }),
    ),
    get('/admin/traces/:trace', (request, response) => {
      const traceId = (request.params['trace'] ?? '').toLowerCase()
      const spans = telemetry?.spans(traceId) ?? []
      if (spans.length === 0)
        throw new Problem(404, 'not-found', { detail: 'No span of this trace is kept.' })
      sendJson(response, { body: { trace_id: traceId, spans } })
    }),
    get('/admin/metrics', (_request, response) =>
      sendJson(response, { body: { metrics: telemetry?.metrics() ?? [] } }),
    ),
    get('/admin/logs', (_request, response) =>
      sendJson(response, { body: { logs: telemetry?.logs(LOGS_LISTED) ?? [] } }),
    ),
  ]
}

function faultRoutes({ context: { faults } }: AdminParts): HttpRoute[] {
  return [
    get('/admin/faults', (_request, response) => sendJson(response, { body: { faults: faults.list() } })),
    {
      method: 'POST',
      path: '/admin/faults',
      async handle(request, response) {
        const fault = await readRequest(request, faultRequest)
        faults.add(fault)
        sendJson(response, { status: 201, body: fault })
      },
    },
    {
      method: 'DELETE',
      path: '/admin/faults',
      handle(request, response) {
        faults.clear(readFaultFilter(request))
        response.writeHead(204).end()
      },
    },
  ]
}

function tokenRoute({ context }: AdminParts): HttpRoute {
  return {
    method: 'POST',
    path: '/admin/tokens',
    async handle(request, response) {
      const { kind, claims, key } = await readRequest(request, tokenRequest)
      const token = context.issuer.sign(tokenClaims(kind, claims, context.projectId), key)
      sendJson(response, { body: { token } })
    },
  }
}
