import type { Permission } from '@clarity/contracts'
import type { z } from 'zod'

/** One answer of a route as a client is told of it. From 400 on it is a problem, and the schema is known. */
export interface DocumentedAnswer {
  /** One sentence. */
  readonly description: string
  /** Of the body; absent where there is none, or where it is no JSON. */
  readonly schema?: z.ZodType
  /** `application/json` unless told. */
  readonly contentType?: string
  /** Header name → what it says. */
  readonly headers?: Readonly<Record<string, string>>
  readonly example?: unknown
}

/** A request header that a route reads. */
export interface DocumentedHeader {
  readonly description: string
  readonly required?: boolean
  readonly example?: string
}

/** What a client is told of a route besides its schemas. Examples are sent to a running service by a test. */
export interface RouteDocumentation {
  /** One line, in the imperative: `Upload health data`. */
  readonly summary: string
  /** What the summary leaves out; Markdown. */
  readonly description?: string
  /**
   * By status: every success, and the refusals that are this route's own. What every route may answer (401, 403, 404
   * for an id in the path, 400, 413, 415 and 422 for a body, 422 for a query, 429, 500, 503) is added by itself.
   */
  readonly answers: Readonly<Record<number, DocumentedAnswer>>
  readonly paramsExample?: Readonly<Record<string, string>>
  readonly queryExample?: Readonly<Record<string, string>>
  readonly bodyExample?: unknown
  readonly requestHeaders?: Readonly<Record<string, DocumentedHeader>>
  /** A route without sign-in that still makes use of a token. */
  readonly takesToken?: boolean
  /** Media types of a body that is read as a stream. */
  readonly bodyTypes?: readonly string[]
}

/** Everything from which the document of the API can be written. */
export interface DocumentedDeclaration extends RouteDocumentation {
  readonly auth: 'firebase' | 'none'
  readonly permission?: Permission | undefined
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType | 'stream'
  readonly isRateLimited: boolean
}
