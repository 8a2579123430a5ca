import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Analysis, Insight, Processing, Tokens, UploadAccepted } from '@clarity/contracts'

const POLL_MS = 250

export interface Credentials {
  readonly email: string
  readonly password: string
}

export interface UploadBody {
  readonly bytes: Buffer
  readonly contentType: string
  readonly gzip: boolean
  readonly timezone: string
}

export interface Outcome {
  readonly processing: Processing
  /** Null where the upload held nothing to analyse. */
  readonly analysis: Analysis | null
  readonly insight: Insight | null
}

/** A client of the public API, as a phone would use it. */
export interface ApiClient {
  readonly token: string
  upload(body: UploadBody): Promise<UploadAccepted>
  /** Resolves when the upload has its insight (following `superseded_by`) or will have none; rejects when it failed. */
  follow(uploadId: string, signal: AbortSignal): Promise<Outcome>
}

/** Signs in, registering the account on the first visit. */
export async function signIn(baseUrl: string, credentials: Credentials): Promise<ApiClient> {
  const post = (path: string) =>
    fetch(`${baseUrl}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    })
  const login = await post('login')
  const answer = login.ok ? login : await post('register')
  const { tokens } = (await expectOk(answer, 'signing in')) as { tokens: Tokens }
  return createApiClient(baseUrl, tokens.id_token)
}

function createApiClient(baseUrl: string, token: string): ApiClient {
  const get = async <T>(path: string, signal: AbortSignal): Promise<T> =>
    (await expectOk(
      await fetch(`${baseUrl}/api/v1${path}`, { headers: authorization(token), signal }),
      path,
    )) as T

  return {
    token,
    async upload({ bytes, contentType, gzip, timezone }) {
      const answer = await fetch(`${baseUrl}/api/v1/health-data/upload`, {
        method: 'POST',
        headers: {
          ...authorization(token),
          'content-type': contentType,
          'x-timezone': timezone,
          traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
          ...(gzip ? { 'content-encoding': 'gzip' } : {}),
        },
        body: new Uint8Array(bytes),
      })
      return (await expectOk(answer, 'the upload')) as UploadAccepted
    },
    async follow(uploadId, signal) {
      const processing = await finished(() => get<Processing>(`/health-data/processing/${uploadId}`, signal))
      const analysisId = processing.superseded_by ?? processing.analysis_id
      if (analysisId === null) return { processing, analysis: null, insight: null }
      const insight = processing.insight_id
        ? await get<Insight>(`/insights/${processing.insight_id}`, signal)
        : await insightOf(analysisId, () => get<{ data: Insight[] }>('/insights/history', signal))
      return {
        processing,
        insight,
        analysis: await get<Analysis>(`/pat/analysis/${insight.analysis_id}`, signal),
      }
    },
  }
}

const authorization = (token: string) => ({ authorization: `Bearer ${token}` })

async function expectOk(answer: Response, what: string): Promise<unknown> {
  const body = (await answer.json()) as { detail?: string }
  if (!answer.ok)
    throw new Error(`${what} was answered ${answer.status}: ${body.detail ?? answer.statusText}`)
  return body
}

async function finished(read: () => Promise<Processing>): Promise<Processing> {
  for (;;) {
    const processing = await read()
    if (processing.status === 'completed') return processing
    if (processing.status === 'failed') {
      throw new Error(`the upload failed: ${processing.error?.code} (${processing.error?.title})`)
    }
    await delay(POLL_MS)
  }
}

async function insightOf(analysisId: string, history: () => Promise<{ data: Insight[] }>): Promise<Insight> {
  for (;;) {
    const found = (await history()).data.find((insight) => insight.analysis_id === analysisId)
    if (found) return found
    await delay(POLL_MS)
  }
}
