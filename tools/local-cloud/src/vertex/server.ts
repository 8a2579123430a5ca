import type { EmulatedService, ServiceContext } from '../emulated-service.ts'
import { injectedError } from '../http/google-error.ts'
import { type Handle, type HttpRequest, startHttpServer } from '../http/http-server.ts'
import { readJsonObject } from '../http/read-body.ts'
import { sendJson } from '../http/send-json.ts'
import { ANSWER_FAULTS, type AnswerFault, generateContent } from './generate-content.ts'
import { RpcError } from './google-rpc-error.ts'
import { createTlsIdentity } from './tls-identity.ts'

export interface VertexOptions {
  readonly port: number
  /** Where the certificate is written; absent = a file in the system's temporary folder. */
  readonly certificateFile?: string | undefined
}

export interface VertexService extends EmulatedService {
  /** The certificate (PEM) that a client must trust, as `NODE_EXTRA_CA_CERTS` takes it. */
  readonly certificateFile: string
}

/** Generally available models and where they are served; every other model and place answers 404. */
const MODELS = /^gemini-3\.(1-flash-lite|5-flash|5-flash-lite|6-flash|7-flash|8-flash)$/
const LOCATIONS = ['global', 'us', 'eu']

/** Vertex AI over TLS: `generateContent` of Google's models; everything else is refused by name. */
export async function startVertex(context: ServiceContext, options: VertexOptions): Promise<VertexService> {
  const tls = createTlsIdentity(options.certificateFile)
  const paths = ['v1', 'v1beta1'].map(
    (version) => `/${version}/projects/:project/locations/:location/publishers/google/models/:call`,
  )
  const server = await startHttpServer({
    port: options.port,
    tls: { key: tls.key, cert: tls.cert },
    routes: paths.map((path) => ({ method: 'POST', path, handle: callModel(context) })),
    otherwise: (request) => {
      throw new RpcError(501, `${request.method} ${request.path} is not implemented by the local cloud.`)
    },
    onError: (error, _request, response) => {
      const refused = error instanceof RpcError ? error : new RpcError(500, 'The local cloud failed.')
      sendJson(response, { status: refused.httpStatus, body: refused.body() })
    },
  })
  return {
    port: server.port,
    certificateFile: tls.certificateFile,
    reset: () => undefined,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function callModel(context: ServiceContext): Handle {
  return async (request, response) => {
    checkToken(request)
    const { project, location, call = '' } = request.params
    const [model = '', method = ''] = call.split(':')
    if (method !== 'generateContent') {
      throw new RpcError(501, `${method || request.path} is not implemented by the local cloud.`)
    }
    const fault = await context.faults.take('vertex', method)
    const answerFault = ANSWER_FAULTS.find((known): known is AnswerFault => known === fault)
    if (fault !== undefined && !answerFault) {
      throw new RpcError(injectedError(fault).status, 'An injected fault.')
    }
    const name = `projects/${project}/locations/${location}/publishers/google/models/${model}`
    if (!MODELS.test(model) || !LOCATIONS.includes(location ?? '')) {
      throw new RpcError(
        404,
        `Publisher Model \`${name}\` was not found or your project does not have access.`,
      )
    }
    const body = await readJsonObject(request.message)
    if (!body) throw new RpcError(400, 'Invalid JSON payload received.')
    sendJson(response, { body: generateContent(body, answerFault) })
  }
}

function checkToken(request: HttpRequest): void {
  if (/^Bearer \S+$/.test(request.header('authorization') ?? '')) return
  throw new RpcError(401, 'Request is missing required authentication credential.')
}
