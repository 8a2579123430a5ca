import createFetchClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './api-types.ts'

export type ApiSchemas = components['schemas']

/** A client of the public API: `client.GET('/api/v1/auth/me')`, typed by the API's own document. */
export type ApiClient = Client<paths>

export interface ApiClientOptions {
  /** Where the API is, without a path: `https://api.example.com`. */
  readonly baseUrl: string
  /** The ID token, or whoever knows the present one. */
  readonly token?: string | (() => string | Promise<string>)
}

/** A client of the API at that address. Answers and problems are both values; `dataOf` throws the latter. */
export function createApiClient({ baseUrl, token }: ApiClientOptions): ApiClient {
  const client = createFetchClient<paths>({ baseUrl })
  if (token === undefined) return client
  client.use({
    async onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`)
      return request
    },
  })
  return client
}

/** What the API refused, and why. */
export class ApiError extends Error {
  readonly status: number
  /** Undefined where something between the API and here answered. */
  readonly problem: ApiSchemas['Problem'] | undefined
  /** Seconds after which the same call may succeed. */
  readonly retryAfterSeconds: number | undefined

  constructor(response: Response, problem: ApiSchemas['Problem'] | undefined) {
    super(`${response.status}: ${problem?.detail ?? response.statusText}`)
    this.name = 'ApiError'
    this.status = response.status
    this.problem = problem
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    this.retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : undefined
  }
}

interface Called<T> {
  readonly data?: T
  readonly error?: unknown
  readonly response: Response
}

/** The body of the answer to a call; throws `ApiError` where it was refused. */
export async function dataOf<T>(call: Promise<Called<T>>): Promise<T> {
  const { data, error, response } = await call
  if (response.ok) return data as T
  const isProblem = typeof error === 'object' && error !== null && 'detail' in error
  throw new ApiError(response, isProblem ? (error as ApiSchemas['Problem']) : undefined)
}
