import type { ServerResponse } from 'node:http'
import type { EmulatedService, ServiceContext } from '../emulated-service.ts'
import { GoogleError, injectedError, notImplemented } from '../http/google-error.ts'
import { type HttpRequest, type HttpRoute, startHttpServer } from '../http/http-server.ts'
import { parseJsonObject, readBody } from '../http/read-body.ts'
import { sendJson } from '../http/send-json.ts'
import { ACCOUNT_OPERATIONS } from './account-operations.ts'
import { ADMIN_OPERATIONS } from './admin-operations.ts'
import { authError } from './auth-error.ts'
import type { AuthOperation } from './auth-operation.ts'
import { EMULATOR_OPERATIONS } from './emulator-operations.ts'
import { adminSendOobCode, applyOobCode, resetPassword, sendOobCode } from './oob-operations.ts'
import { createSessionTokens } from './session-tokens.ts'
import { type AuthStore, createAuthStore } from './store.ts'
import { exchangeRefreshToken } from './token-operation.ts'

export interface EmulatedAuth extends EmulatedService {
  users(): { user_id: string; email: string | null; disabled: boolean; created_at: string }[]
}

const IDENTITY_TOOLKIT = '/identitytoolkit.googleapis.com/v1'
const SECURE_TOKEN = '/securetoken.googleapis.com/v1/token'

interface Endpoint {
  readonly method: string
  readonly path: string
  /** The name by which faults find it. */
  readonly name: string
  readonly credential: 'api-key' | 'bearer' | 'none'
  readonly run: AuthOperation
}

/** Firebase Auth's REST API over HTTP, for clients with `FIREBASE_AUTH_EMULATOR_HOST`. */
export async function startAuth(context: ServiceContext, options: { port: number }): Promise<EmulatedAuth> {
  const store = createAuthStore(context.database)
  const server = await startHttpServer({
    port: options.port,
    routes: ENDPOINTS.map((endpoint) => toRoute(context, store, endpoint)),
    otherwise: (request) => {
      throw notImplemented(`Firebase Auth: ${request.method} ${request.path}`)
    },
    onError: sendError,
  })
  return {
    port: server.port,
    users: () =>
      store.users({ after: '', limit: 1000 }).map((user) => ({
        user_id: user.localId,
        email: user.email ?? null,
        disabled: user.disabled,
        created_at: new Date(user.createdAtMs).toISOString(),
      })),
    reset: () => store.clear(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** The page behind the link of a mail: it applies the code. */
const followLink: AuthOperation = (call) => {
  const code = call.query.get('oobCode') ?? ''
  if (call.query.get('mode') === 'verifyEmail') return applyOobCode(call, code, 'VERIFY_EMAIL')
  const body = { oobCode: code, newPassword: call.query.get('newPassword') ?? '' }
  return resetPassword({ ...call, body })
}

const CLIENT_OPERATIONS = {
  ...ACCOUNT_OPERATIONS,
  'accounts:sendOobCode': sendOobCode,
  'accounts:resetPassword': resetPassword,
}

const ENDPOINTS: readonly Endpoint[] = [
  ...Object.entries(CLIENT_OPERATIONS).map(([name, run]): Endpoint => ({
    method: 'POST',
    path: `${IDENTITY_TOOLKIT}/${name}`,
    name,
    credential: 'api-key',
    run,
  })),
  { method: 'POST', path: SECURE_TOKEN, name: 'token', credential: 'api-key', run: exchangeRefreshToken },
  ...[...ADMIN_OPERATIONS, { method: 'POST', path: 'accounts:sendOobCode', run: adminSendOobCode }].map(
    ({ method, path, run }): Endpoint => ({
      method,
      path: `${IDENTITY_TOOLKIT}/projects/:project/${path}`,
      name: path,
      credential: 'bearer',
      run,
    }),
  ),
  ...EMULATOR_OPERATIONS.map(({ method, path, run }): Endpoint => ({
    method,
    path: `/emulator/v1/projects/:project/${path}`,
    name: `emulator.${path}`,
    credential: 'none',
    run,
  })),
  { method: 'GET', path: '/emulator/action', name: 'emulator.action', credential: 'none', run: followLink },
]

function toRoute(context: ServiceContext, store: AuthStore, endpoint: Endpoint): HttpRoute {
  const { projectId, issuer, faults } = context
  const tokens = createSessionTokens({ projectId, issuer, store })
  return {
    method: endpoint.method,
    path: endpoint.path,
    async handle(request, response) {
      const code = await faults.take('auth', endpoint.name)
      if (code !== undefined) throw injectedError(code)
      checkCredential(endpoint, request)
      const { project } = request.params
      if (project !== undefined && project !== projectId) throw authError('PROJECT_NOT_FOUND')
      const body = await bodyOf(request)
      const origin = `http://${request.header('host') ?? '127.0.0.1'}`
      sendJson(response, {
        body: await endpoint.run({ projectId, store, tokens, body, query: request.query, origin }),
      })
    },
  }
}

function checkCredential({ credential }: Endpoint, request: HttpRequest): void {
  const isBearer = /^Bearer \S/.test(request.header('authorization') ?? '')
  if (credential === 'bearer' && !isBearer) {
    throw new GoogleError(401, 'required', 'Login Required.')
  }
  if (credential === 'api-key' && !request.query.get('key') && !isBearer) {
    throw new GoogleError(403, 'forbidden', 'The request is missing a valid API key.')
  }
}

async function bodyOf(request: HttpRequest): Promise<Record<string, unknown>> {
  const text = (await readBody(request.message)).toString('utf8')
  if (request.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  const body = text.trim() === '' ? {} : parseJsonObject(text)
  if (!body) throw new GoogleError(400, 'parseError', 'Parse Error')
  return body
}

function sendError(error: unknown, _request: HttpRequest, response: ServerResponse): void {
  const refusal =
    error instanceof GoogleError
      ? error
      : new GoogleError(500, 'internalError', `Internal error: ${String(error)}`)
  sendJson(response, { status: refusal.status, body: refusal.body() })
}
