import type { ServerResponse } from 'node:http'
import type { EmulatedService, ServiceContext } from '../emulated-service.ts'
import { startHttpServer, type HttpRoute } from '../http/http-server.ts'
import { sendJson } from '../http/send-json.ts'
import { instancePaths, isKnownPath, type MetadataAnswer } from './instance-paths.ts'

export interface MetadataOptions {
  readonly port: number
  /** The account that `default` stands for; absent = `clarity-ingestion` of the project. */
  readonly defaultAccount?: string | undefined
}

const FLAVOR = { 'metadata-flavor': 'Google', server: 'Metadata Server for VM' }
const BASE = '/computeMetadata/v1'
const CERTIFICATES = [
  '/oauth2/v1/certs',
  '/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com',
] as const
const CERTIFICATE_LIFETIME = 'public, max-age=21600, must-revalidate, no-transform'

/**
 * The metadata server of Google Cloud, and the certificates of the token issuer as googleapis.com serves them.
 *
 * All services of one machine share it, and `GCE_METADATA_HOST` has no room for a name. So `default` is one
 * account, that of the only service which asks for ID tokens; another is addressed by its e-mail in the path.
 */
export async function startMetadataServer(
  context: ServiceContext,
  options: MetadataOptions,
): Promise<EmulatedService> {
  const server = await startHttpServer({
    port: options.port,
    routes: [...certificateRoutes(context), ...metadataRoutes(context, options)],
    otherwise(request, response) {
      const path = request.path.replace(`${BASE}/`, '')
      if (!isKnownPath(path)) sendText(response, 404, 'Not Found')
      else sendText(response, 501, `${request.method} ${request.path} is not implemented by the local cloud.`)
    },
    onError: (_error, request, response) =>
      sendText(response, 500, `${request.method} ${request.path} failed.`),
  })
  return {
    port: server.port,
    reset() {
      // Nothing is stored here.
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function certificateRoutes(context: ServiceContext): HttpRoute[] {
  return CERTIFICATES.map((path) => ({
    method: 'GET',
    path,
    handle: (_request, response) =>
      sendJson(response, {
        body: context.issuer.certificates(),
        headers: { 'cache-control': CERTIFICATE_LIFETIME },
      }),
  }))
}

function metadataRoutes(context: ServiceContext, options: MetadataOptions): HttpRoute[] {
  const defaultAccount =
    options.defaultAccount ?? `clarity-ingestion@${context.projectId}.iam.gserviceaccount.com`
  return instancePaths(context, defaultAccount).map(({ path, answer }) => ({
    method: 'GET',
    path: `${BASE}${path}`,
    handle(request, response) {
      if (request.header('metadata-flavor') !== 'Google') {
        sendText(response, 403, 'Missing required header "Metadata-Flavor": "Google"')
        return
      }
      answerMetadata(response, answer(request))
    },
  }))
}

function answerMetadata(response: ServerResponse, body: ReturnType<MetadataAnswer>): void {
  if (body === undefined) sendText(response, 404, 'Not Found')
  else if (body instanceof Error) sendText(response, 400, body.message)
  else if (typeof body === 'string') sendText(response, 200, body)
  else sendJson(response, { body, headers: { ...FLAVOR, 'content-type': 'application/json' } })
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...FLAVOR, 'content-type': 'application/text' }).end(text)
}
