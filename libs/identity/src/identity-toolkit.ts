import type { Tokens } from '@clarity/contracts'
import { isFailure } from '@clarity/failure'
import { z } from 'zod'
import type { Credentials, Session } from './identity.ts'
import { failureOf, providerUnavailable } from './provider-failure.ts'

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
  /** Has the mail sent that verifies the address of the token's user. */
  sendVerification(idToken: string): Promise<void>
  confirmEmail(code: string): Promise<void>
  /** Whether the address has an account is not told. */
  sendPasswordReset(email: string): Promise<void>
  resetPassword(code: string, newPassword: string): Promise<void>
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
  const call = (method: string, body: object): Promise<unknown> => {
    const at = url('identitytoolkit.googleapis.com', `accounts:${method}`)
    return post(at, { 'content-type': 'application/json', body: JSON.stringify(body), timeoutMs })
  }
  const session = async (method: string, body: object): Promise<Session> =>
    sessionOf(read(sessionSchema, await call(method, { ...body, returnSecureToken: true })))
  return {
    signUp: (account) => session('signUp', account),
    signIn: (credentials) => session('signInWithPassword', credentials),
    async exchange(refreshToken) {
      const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken })
      const contentType = 'application/x-www-form-urlencoded'
      const at = url('securetoken.googleapis.com', 'token')
      const json = await post(at, { 'content-type': contentType, body: form.toString(), timeoutMs })
      return { ...read(exchangeSchema, json), token_type: 'Bearer' }
    },
    async sendVerification(idToken) {
      await call('sendOobCode', { requestType: 'VERIFY_EMAIL', idToken })
    },
    async confirmEmail(oobCode) {
      await call('update', { oobCode })
    },
    async sendPasswordReset(email) {
      try {
        await call('sendOobCode', { requestType: 'PASSWORD_RESET', email })
      } catch (error) {
        // Any refusal would tell that the address has an account, or that it has none.
        if (isFailure(error, 'unavailable')) throw error
      }
    },
    async resetPassword(oobCode, newPassword) {
      await call('resetPassword', { oobCode, newPassword })
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
