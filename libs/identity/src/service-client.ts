import { unavailable } from '@clarity/failure'
import { GoogleAuth, type IdTokenClient } from 'google-auth-library'
import { failureOfService } from './service-failure.ts'

export interface ServiceClientOptions {
  /** Base URL of the private service, which is also the audience of the tokens. */
  readonly url: string
  /** How long a call may take unless it says otherwise; 10 s by default. */
  readonly timeoutMs?: number
}

export interface ServiceCall {
  readonly method: 'GET' | 'POST'
  /** From the root, with its query. */
  readonly path: string
  /** Sent as JSON. */
  readonly body?: object
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface ServiceAnswer {
  /** 200 to 299. */
  readonly status: number
  /** Parsed JSON; undefined where the answer has no body. */
  readonly body: unknown
}

/**
 * Calls of a private service of ours, in the name of the account this process runs as. What that service refuses is the
 * failure that it stated; `unavailable` where it does not answer in time, answers otherwise, or refuses the account.
 */
export interface ServiceClient {
  call(call: ServiceCall): Promise<ServiceAnswer>
  /** Resolves where the service says that it is ready. */
  check(signal: AbortSignal): Promise<void>
}

const DEFAULT_TIMEOUT_MS = 10_000

/** A client with Google ID tokens, from the metadata server or wherever Google's library finds credentials. */
export function createServiceClient({
  url,
  timeoutMs: usual = DEFAULT_TIMEOUT_MS,
}: ServiceClientOptions): ServiceClient {
  const authorization = createAuthorization(url)
  const call = async ({ method, path, body, timeoutMs = usual, signal }: ServiceCall) => {
    const limit = AbortSignal.timeout(timeoutMs)
    const ended = signal ? AbortSignal.any([limit, signal]) : limit
    const headers = {
      authorization: await within(authorization(), ended),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const { status, text } = await send(new URL(path, url), {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: ended,
    })
    if (status < 200 || status > 299) throw failureOfService(status, parsed(text))
    return { status, body: text === '' ? undefined : parsed(text) }
  }
  return { call, check: async (signal) => void (await call({ method: 'GET', path: '/ready', signal })) }
}

/** The header of a call; the library keeps the token until shortly before it expires. */
function createAuthorization(audience: string): () => Promise<string> {
  let client: Promise<IdTokenClient> | undefined
  return async () => {
    try {
      client ??= new GoogleAuth().getIdTokenClient(audience)
      const headers = await (await client).getRequestHeaders()
      return headers.get('authorization') ?? ''
    } catch {
      // Without the library's error, which can hold the token; credentials may be found the next time.
      client = undefined
      throw unanswered()
    }
  }
}

async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(unanswered())
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, ended])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

async function send(url: URL, request: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { ...request, redirect: 'error' })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    throw unanswered(error)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unanswered(cause?: unknown): Error {
  return unavailable(
    { code: 'service-unavailable', detail: 'A part of this service does not answer.', retryAfterSeconds: 10 },
    cause,
  )
}
