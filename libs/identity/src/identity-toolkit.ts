import type { Tokens } from '@clarity/contracts'
import { type Failure, conflict, invalid, rateLimited, unauthenticated, unavailable } from '@clarity/failure'
import { z } from 'zod'
import type { Credentials, Session } from './identity.ts'
import { refused } from './signed-token.ts'

export interface IdentityToolkitOptions {
  readonly apiKey: string
  readonly emulatorHost?: string | undefined
  readonly timeoutMs: number
}

/** The calls of Google's Identity Toolkit that need no account of ours: they are made with what the person gave. */
export interface IdentityToolkit {
  signUp(account: Credentials & { readonly displayName?: string }): Promise<Session>
  signIn(credentials: Credentials): Promise<Session>
  exchange(refreshToken: string): Promise<Tokens>
}

const sessionSchema = z.object({
  localId: z.string().min(1),
  idToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresIn: z.coerce.number().int(),
})
const exchangeSchema = z.object({
  id_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().int(),
})
const errorSchema = z.object({ error: z.object({ message: z.string() }) })

/** Identity Toolkit and token exchange over REST, at Google or at an emulator. */
export function createIdentityToolkit(options: IdentityToolkitOptions): IdentityToolkit {
  const { apiKey, emulatorHost, timeoutMs } = options
  const url = (host: string, path: string): string => {
    const base = emulatorHost === undefined ? `https://${host}` : `http://${emulatorHost}/${host}`
    return `${base}/v1/${path}?key=${encodeURIComponent(apiKey)}`
  }
  const call = async (method: string, body: object): Promise<Session> => {
    const at = url('identitytoolkit.googleapis.com', `accounts:${method}`)
    const json = await post(at, { 'content-type': 'application/json', body: JSON.stringify(body), timeoutMs })
    return sessionOf(read(sessionSchema, json))
  }
  return {
    signUp: (account) => call('signUp', { ...account, returnSecureToken: true }),
    signIn: (credentials) => call('signInWithPassword', { ...credentials, returnSecureToken: true }),
    async exchange(refreshToken) {
      const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken })
      const contentType = 'application/x-www-form-urlencoded'
      const at = url('securetoken.googleapis.com', 'token')
      const json = await post(at, { 'content-type': contentType, body: form.toString(), timeoutMs })
      return { ...read(exchangeSchema, json), token_type: 'Bearer' }
    },
  }
}

interface Post {
  readonly 'content-type': string
  readonly body: string
  readonly timeoutMs: number
}

async function post(url: string, { body, timeoutMs, ...headers }: Post): Promise<unknown> {
  let response: Response
  let json: unknown
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    response = await fetch(url, { method: 'POST', headers, body, signal })
    json = await response.json()
  } catch (error) {
    throw providerUnavailable(error)
  }
  if (!response.ok) throw failureOf(errorSchema.safeParse(json).data?.error.message ?? '')
  return json
}

/** The provider's error codes, of which some carry an explanation behind a colon, as failures in our words. */
function failureOf(message: string): Failure {
  switch (message.split(/[ :]/)[0]) {
    case 'EMAIL_EXISTS':
      return conflict({ code: 'email-taken', detail: 'An account with this e-mail exists already.' })
    case 'WEAK_PASSWORD':
    case 'MISSING_PASSWORD':
    case 'PASSWORD_DOES_NOT_MEET_REQUIREMENTS':
      return invalid({
        detail: 'The password is too weak.',
        errors: [{ path: 'password', reason: 'too weak' }],
      })
    case 'INVALID_EMAIL':
    case 'MISSING_EMAIL':
      return invalid({ detail: 'The e-mail is not valid.', errors: [{ path: 'email', reason: 'not valid' }] })
    case 'EMAIL_NOT_FOUND':
    case 'INVALID_PASSWORD':
    case 'INVALID_LOGIN_CREDENTIALS':
    case 'USER_DISABLED':
      return unauthenticated({ code: 'wrong-credentials', detail: 'The e-mail or the password is wrong.' })
    case 'TOKEN_EXPIRED':
    case 'INVALID_REFRESH_TOKEN':
    case 'MISSING_REFRESH_TOKEN':
    case 'INVALID_GRANT':
    case 'USER_NOT_FOUND':
    case 'PROJECT_NUMBER_MISMATCH':
      return refused()
    case 'TOO_MANY_ATTEMPTS_TRY_LATER':
      return rateLimited({ detail: 'Too many attempts. Try again later.', retryAfterSeconds: 60 })
    default:
      return providerUnavailable()
  }
}

function sessionOf({ localId, idToken, refreshToken, expiresIn }: z.output<typeof sessionSchema>): Session {
  return {
    userId: localId,
    tokens: {
      id_token: idToken,
      refresh_token: refreshToken,
      expires_in: expiresIn,
      token_type: 'Bearer',
    },
  }
}

function read<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json)
  if (!result.success) throw providerUnavailable()
  return result.data
}

/** The identity provider did not answer, or not as it should. */
export function providerUnavailable(cause?: unknown): Failure {
  return unavailable(
    { code: 'identity-unavailable', detail: 'The identity provider does not answer.' },
    cause,
  )
}
