import { type LocalCloud, startLocalCloud } from '@clarity/local-cloud'

export const PROJECT_ID = 'demo-clarity'

export interface TokenRequest {
  readonly kind: 'push' | 'firebase'
  readonly claims?: Record<string, unknown>
  readonly key?: 'good' | 'foreign'
}

export interface TestCloud extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>
  /** Any token that the issuer could sign. */
  token(request: TokenRequest): Promise<string>
  fault(fault: { method?: string; code?: string; latency_ms?: number; times?: number }): Promise<void>
}

/** The local cloud's accounts and token issuer; firebase-admin finds them through this process's environment. */
export async function startTestCloud(): Promise<TestCloud> {
  const cloud: LocalCloud = await startLocalCloud({
    projectId: PROJECT_ID,
    services: ['admin', 'auth', 'metadata'],
  })
  Object.assign(process.env, cloud.environment)
  const post = async (path: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    const url = `http://127.0.0.1:${cloud.ports.admin}${path}`
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}`)
    const text = await response.text()
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    environment: cloud.environment,
    async token({ claims = {}, key = 'good', kind }) {
      const { token } = (await post('/admin/tokens', { kind, claims, key })) as { token: string }
      return token
    },
    async fault(fault) {
      await post('/admin/faults', { service: 'auth', ...fault })
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  }
}

/** The failure's kind and code, or `done`. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    const { kind, details } = error as { kind?: string; details?: { code?: string } }
    return [kind ?? String(error), details?.code].filter(Boolean).join(' ')
  }
}
