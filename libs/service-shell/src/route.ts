import type { Readable } from 'node:stream'
import { type Permission, ROLE_PERMISSIONS, type Role } from '@clarity/contracts'
import { forbidden, notFound, unauthenticated, unsupported } from '@clarity/failure'
import { currentContext, setContext } from '@clarity/telemetry'
import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import type { Answer } from './answer.ts'
import { startDeadline } from './deadline.ts'
import { readJson } from './json-body.ts'
import { parse, parseBody } from './parse.ts'
import { type RateLimit, createRateLimiter } from './rate-limiter.ts'
import type { DocumentedDeclaration, RouteDocumentation } from './route-documentation.ts'
import { sendAnswer } from './send-answer.ts'

/** Who is calling, as the injected `authenticate` says. */
export interface Caller {
  readonly userId: string
  readonly email: string
  readonly emailVerified: boolean
  readonly role: Role
}

/** The parsed request of a route without sign-in. Params, query and body are what the route's schemas make of them. */
export interface PublicRequest<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** A request header by its name in any case. */
  header(name: string): string | undefined
  readonly requestId: string
  /** Aborted when the route's deadline passes, the client leaves or the service stops. */
  readonly signal: AbortSignal
}

/** The parsed request of a route that asks for a valid ID token. */
export interface SignedInRequest<Params, Query, Body> extends PublicRequest<Params, Query, Body> {
  readonly caller: Caller
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Schema = z.ZodType
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
type ParsedBody<B> = B extends 'stream' ? Readable : Parsed<B>

/** A route: declared, parsed, called, answered. It neither catches nor logs. */
export interface RouteDefinition<
  Auth extends 'firebase' | 'none',
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | 'stream' | undefined,
> extends Partial<RouteDocumentation> {
  readonly method: Method
  /** Express 5 path, e.g. `/api/v1/pat/analysis/:id`. */
  readonly path: string
  readonly auth: Auth
  /** What the caller's role must allow; asked before anything else of the request is looked at. */
  readonly permission?: Auth extends 'firebase' ? Permission : never
  readonly params?: P
  readonly query?: Q
  /** A schema for a JSON body, or `stream` for the raw request stream. */
  readonly body?: B
  /** Most bytes of a JSON body; 1 MiB unless told. */
  readonly bodyLimitBytes?: number
  readonly rateLimit?: RateLimit
  /** Instead of the service's own; event streams and streamed answers have none once they run. */
  readonly deadlineMs?: number
  handle(
    request: Auth extends 'firebase'
      ? SignedInRequest<Parsed<P>, Parsed<Q>, ParsedBody<B>>
      : PublicRequest<Parsed<P>, Parsed<Q>, ParsedBody<B>>,
  ): Promise<Answer> | Answer
}

/** What the service needs of any route; made by `route` and `pushRoute`. */
export interface Route {
  readonly method: Method
  readonly path: string
  readonly needsCaller: boolean
  /** Absent where no client calls it. */
  readonly documentation?: DocumentedDeclaration
  handler(surroundings: RouteSurroundings): RequestHandler
}

/** A route that clients are told of. */
export interface DocumentedRoute extends Route {
  readonly documentation: DocumentedDeclaration
}

/** What the service gives each route. */
export interface RouteSurroundings {
  readonly authenticate: (idToken: string) => Promise<Caller>
  readonly deadlineMs: number
  /** Aborted when the service begins to stop: streams end, other requests go on. */
  readonly draining: AbortSignal
  readonly onCloudRun: boolean
}

const JSON_BODY_LIMIT = 1024 * 1024
const JSON_TYPES = ['json', '+json']

/** Makes a route of its declaration. */
export function route<
  Auth extends 'firebase' | 'none',
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | 'stream' | undefined = undefined,
>(definition: RouteDefinition<Auth, P, Q, B> & RouteDocumentation): DocumentedRoute
export function route<
  Auth extends 'firebase' | 'none',
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | 'stream' | undefined = undefined,
>(definition: RouteDefinition<Auth, P, Q, B>): Route
export function route<
  Auth extends 'firebase' | 'none',
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | 'stream' | undefined,
>(definition: RouteDefinition<Auth, P, Q, B>): Route {
  const { method, path, auth, rateLimit } = definition
  const limitRate = rateLimit === undefined ? undefined : createRateLimiter(rateLimit)
  return {
    method,
    path,
    needsCaller: auth === 'firebase',
    ...documented(definition),
    handler: (surroundings) => async (request, response) => {
      limitRate?.(request.ip ?? 'unknown')
      using deadline = startDeadline(response, definition.deadlineMs ?? surroundings.deadlineMs)
      const { signal } = deadline
      const work = async (): Promise<Answer> => {
        const caller =
          auth === 'firebase'
            ? await surroundings.authenticate(bearerToken(request.get('authorization')))
            : undefined
        if (caller !== undefined) letIn(caller, definition.permission)
        if (definition.body !== undefined) deadline.awaitBody(surroundings.deadlineMs)
        const parsed = await parseRequest(definition, request, response)
        const header = (name: string): string | undefined => request.get(name)
        const requestId = currentContext().request_id ?? ''
        // The generic parameters tie each parsed part to its schema; TypeScript cannot see it from inside.
        return definition.handle({ ...parsed, header, requestId, signal, caller } as never)
      }
      const answer = await deadline.race(work())
      if (answer.kind !== 'json') deadline.lift()
      await sendAnswer(response, answer, { signal, draining: surroundings.draining })
    },
  }
}

function documented(
  definition: RouteDefinition<
    'firebase' | 'none',
    Schema | undefined,
    Schema | undefined,
    Schema | 'stream' | undefined
  >,
): Pick<Route, 'documentation'> {
  const { summary, answers, rateLimit, handle: _handle, ...rest } = definition
  if (summary === undefined || answers === undefined) return {}
  return { documentation: { ...rest, summary, answers, isRateLimited: rateLimit !== undefined } }
}

function letIn(caller: Caller, permission: Permission | undefined): void {
  setContext({ user_id: caller.userId })
  if (permission !== undefined && !ROLE_PERMISSIONS[caller.role].includes(permission)) {
    throw forbidden('The role of this account does not allow that.')
  }
}

interface Sent {
  readonly request: Request
  readonly response: Response
  readonly bodyLimitBytes: number | undefined
}

async function parseRequest(
  {
    params,
    query,
    body,
    bodyLimitBytes,
  }: { params?: Schema; query?: Schema; body?: Schema | 'stream'; bodyLimitBytes?: number },
  request: Request,
  response: Response,
) {
  return {
    params: params === undefined ? undefined : parseParams(params, request.params),
    query: query === undefined ? undefined : parse(query, request.query),
    body: body === undefined ? undefined : await parsedBody(body, { request, response, bodyLimitBytes }),
  }
}

async function parsedBody(
  body: Schema | 'stream',
  { request, response, bodyLimitBytes = JSON_BODY_LIMIT }: Sent,
): Promise<unknown> {
  if (body === 'stream') return request
  if (request.is(JSON_TYPES) === false && request.get('content-length') !== '0') {
    throw unsupported('The body must be application/json.')
  }
  return parseBody(body, await readJson(request, response, bodyLimitBytes))
}

/** An id that cannot be one names nothing: `not-found`, as for one that nobody has. */
function parseParams(schema: Schema, params: unknown): unknown {
  const result = schema.safeParse(params)
  if (!result.success) throw notFound('There is no such thing.')
  return result.data
}

/** The token of an `Authorization` header; `unauthenticated` where it holds none. */
export function bearerToken(authorization = ''): string {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (token === undefined) throw unauthenticated('The request carries no bearer token.')
  return token
}
