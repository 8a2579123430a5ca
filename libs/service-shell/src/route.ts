import type { Readable } from 'node:stream'
import type { Role } from '@clarity/contracts'
import type { RequestHandler } from 'express'
import type { z } from 'zod'
import type { Answer } from './answer.ts'

/** Who is calling, as the injected `authenticate` says. */
export interface Caller {
  readonly userId: string
  readonly email: string
  readonly emailVerified: boolean
  readonly role: Role
}

/** At most `limit` calls of one client address in each window; more fail `rate-limited`. */
export interface RateLimit {
  readonly limit: number
  readonly windowSeconds: number
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
> {
  readonly method: Method
  /** Express 5 path, e.g. `/api/v1/pat/analysis/:id`. */
  readonly path: string
  readonly auth: Auth
  readonly params?: P
  readonly query?: Q
  /** A schema for a JSON body, or `stream` for the raw request stream. */
  readonly body?: B
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
  handler(service: RouteSurroundings): RequestHandler
}

export interface RouteSurroundings {
  readonly authenticate: (idToken: string) => Promise<Caller>
  readonly deadlineMs: number
  /** Aborted when the service stops. */
  readonly stopping: AbortSignal
  readonly onCloudRun: boolean
}

/** Makes a route of its declaration. */
export function route<
  Auth extends 'firebase' | 'none',
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | 'stream' | undefined = undefined,
>(_definition: RouteDefinition<Auth, P, Q, B>): Route {
  throw new Error('being written')
}
