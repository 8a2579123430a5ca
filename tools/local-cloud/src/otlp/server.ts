import type { ServerResponse } from 'node:http'
import type { EmulatedService, ServiceContext } from '../emulated-service.ts'
import { GoogleError, notImplemented } from '../http/google-error.ts'
import { type HttpRequest, type HttpRoute, startHttpServer } from '../http/http-server.ts'
import { parseJsonObject, readBody } from '../http/read-body.ts'
import { sendJson } from '../http/send-json.ts'
import { decoderOf, type LogsRequest, type MetricsRequest, type TracesRequest } from './messages.ts'
import { logsOf, metricsOf, spansOf } from './stored-form.ts'
import { createTelemetryStore, type TelemetryStore } from './telemetry-store.ts'

export interface TelemetryReceiver extends EmulatedService {
  readonly telemetry: TelemetryStore
}

/** Receives OpenTelemetry over HTTP, as protobuf or JSON; what a POST brought is readable when it is answered. */
export async function startOtlp(
  context: ServiceContext,
  options: { port: number },
): Promise<TelemetryReceiver> {
  const telemetry = createTelemetryStore(context.database)
  const server = await startHttpServer({
    port: options.port,
    routes: [
      exportRoute<TracesRequest>('/v1/traces', decoderOf('TraceService'), (request) =>
        telemetry.addSpans(spansOf(request)),
      ),
      exportRoute<MetricsRequest>('/v1/metrics', decoderOf('MetricsService'), (request) =>
        telemetry.addMetrics(metricsOf(request)),
      ),
      exportRoute<LogsRequest>('/v1/logs', decoderOf('LogsService'), (request) =>
        telemetry.addLogs(logsOf(request)),
      ),
    ],
    otherwise: (request) => {
      throw notImplemented(`OTLP: ${request.method} ${request.path}`)
    },
    onError: sendError,
  })
  return {
    port: server.port,
    telemetry,
    reset: () => telemetry.clear(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function exportRoute<Request>(
  path: string,
  decode: (bytes: Buffer) => Request,
  keep: (request: Request) => void,
): HttpRoute {
  return {
    method: 'POST',
    path,
    async handle(request, response) {
      const type = request.header('content-type') ?? ''
      const bytes = await readBody(request.message)
      if (type.startsWith('application/json')) {
        keep(bodyOf(() => parseJsonObject(bytes.toString('utf8')) as Request | undefined))
        sendJson(response, { body: {} })
      } else if (type.startsWith('application/x-protobuf')) {
        keep(bodyOf(() => decode(bytes)))
        response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': '0' }).end()
      } else {
        throw new GoogleError(415, 'unsupportedMediaType', 'Neither protobuf nor JSON.')
      }
    },
  }
}

function bodyOf<Request>(read: () => Request | undefined): Request {
  try {
    const request = read()
    if (request !== undefined) return request
  } catch {
    // Answered as every other body that cannot be read.
  }
  throw new GoogleError(400, 'invalid', 'The body cannot be read.')
}

function sendError(error: unknown, _request: HttpRequest, response: ServerResponse): void {
  const refusal =
    error instanceof GoogleError
      ? error
      : new GoogleError(500, 'internalError', `Internal error: ${String(error)}`)
  sendJson(response, { status: refusal.status, body: refusal.body() })
}
