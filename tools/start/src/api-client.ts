import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type ApiClient as GeneratedClient, createApiClient, dataOf } from '@clarity/api-client'
import type { Analysis, Insight, Processing } from '@clarity/contracts'

const POLL_MS = 250
/** What the API takes in one request, as it is sent; more goes through a resumable upload. */
const DIRECT_BYTES = 32 * 1024 * 1024
const TOO_LARGE = 413

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

export interface AcceptedUpload {
  readonly upload_id: string
  /** Absent where that is not known yet. */
  readonly duplicate?: boolean
}

/** A person at the public API, as a phone would use it. */
export interface ApiClient {
  readonly token: string
  readonly api: GeneratedClient
  upload(body: UploadBody): Promise<AcceptedUpload>
  /** Resolves when the upload has its insight (following `superseded_by`) or will have none; rejects when it failed. */
  follow(uploadId: string, signal: AbortSignal): Promise<Outcome>
}

/** Signs in, registering the account on the first visit. */
export async function signIn(baseUrl: string, credentials: Credentials): Promise<ApiClient> {
  const visitor = createApiClient({ baseUrl })
  const login = await visitor.POST('/api/v1/auth/login', { body: credentials })
  const { tokens } =
    login.data ?? (await dataOf(visitor.POST('/api/v1/auth/register', { body: credentials })))
  return personAt(baseUrl, tokens.id_token)
}

function personAt(baseUrl: string, token: string): ApiClient {
  const api = createApiClient({ baseUrl, token })
  return {
    token,
    api,
    upload: (body) => upload(api, body),
    async follow(uploadId, signal) {
      for (;;) {
        const processing = await finished(() => readProcessing(api, uploadId, signal))
        const analysisId = processing.superseded_by ?? processing.analysis_id
        if (analysisId === null) return { processing, analysis: null, insight: null }
        const insight = processing.insight_id
          ? await readInsight(api, processing.insight_id, signal)
          : await insightOf(api, analysisId, signal)
        if (insight) {
          return { processing, insight, analysis: await readAnalysis(api, insight.analysis_id, signal) }
        }
        // What supersedes it is asked for again: it may be superseded itself meanwhile.
        await delay(POLL_MS)
      }
    },
  }
}

async function upload(api: GeneratedClient, body: UploadBody): Promise<AcceptedUpload> {
  const { bytes, contentType, gzip, timezone } = body
  if (bytes.length > DIRECT_BYTES) return uploadResumably(api, body)
  const { data, response, error } = await api.POST('/api/v1/health-data/upload', {
    params: { header: { ...headersOf(timezone), ...(gzip && { 'Content-Encoding': 'gzip' }) } },
    headers: { 'content-type': contentType },
    body: bytes,
    bodySerializer: () => new Uint8Array(bytes),
  })
  // Few bytes that inflate to many are also for a resumable upload.
  if (response.status === TOO_LARGE) return uploadResumably(api, body)
  return dataOf(Promise.resolve({ data, response, error }))
}

/** Opens a session and sends everything at once; a phone would send chunks. */
async function uploadResumably(
  api: GeneratedClient,
  { bytes, contentType, gzip, timezone }: UploadBody,
): Promise<AcceptedUpload> {
  const session = await dataOf(
    api.POST('/api/v1/health-data/resumable-uploads', {
      params: { header: headersOf(timezone) },
      body: {
        content_type: contentType as 'application/json',
        bytes: bytes.length,
        ...(gzip && { content_encoding: 'gzip' as const }),
      },
    }),
  )
  const sent = await fetch(session.session_url, { method: 'PUT', body: new Uint8Array(bytes) })
  if (!sent.ok) throw new Error(`the upload session answered ${sent.status}`)
  return session
}

function headersOf(timezone: string): { 'X-Timezone': string; traceparent: string } {
  const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
  return { 'X-Timezone': timezone, traceparent }
}

function readProcessing(api: GeneratedClient, id: string, signal: AbortSignal): Promise<Processing> {
  return dataOf(api.GET('/api/v1/health-data/processing/{id}', { params: { path: { id } }, signal }))
}

function readAnalysis(api: GeneratedClient, id: string, signal: AbortSignal): Promise<Analysis> {
  // The generated types say `unknown` where the contract says that nothing stands.
  return dataOf(
    api.GET('/api/v1/pat/analysis/{id}', { params: { path: { id } }, signal }),
  ) as Promise<Analysis>
}

async function readInsight(api: GeneratedClient, id: string, signal: AbortSignal): Promise<Insight> {
  const insight = await dataOf(api.GET('/api/v1/insights/{id}', { params: { path: { id } }, signal }))
  if ('status' in insight) throw new Error('the insight is still being made')
  return insight
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

async function insightOf(
  api: GeneratedClient,
  analysisId: string,
  signal: AbortSignal,
): Promise<Insight | undefined> {
  const { data } = await dataOf(api.GET('/api/v1/insights/history', { signal }))
  return data.find((insight) => insight.analysis_id === analysisId)
}
