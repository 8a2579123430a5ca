import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { envExample } from '@clarity/service-shell'
import { envToConfig, insightEnv } from './config.ts'

const ENV = {
  PORT: '8082',
  METRICS_PORT: '9466',
  GOOGLE_CLOUD_PROJECT: 'demo-clarity',
  USER_HASH_KEY: 'a-key-of-sixteen-letters',
  PUSH_AUDIENCE: 'https://insight.example',
  PUSH_SERVICE_ACCOUNT: 'clarity-push-insight@demo-clarity.iam.gserviceaccount.com',
  INTERNAL_SERVICE_ACCOUNT: 'clarity-ingestion@demo-clarity.iam.gserviceaccount.com',
}

describe('envToConfig', () => {
  test('the model defaults to one that is served from the United States', () => {
    expect(envToConfig(ENV)).toMatchObject({
      port: 8082,
      projectId: 'demo-clarity',
      push: { audience: 'https://insight.example', certsUrl: 'https://www.googleapis.com/oauth2/v1/certs' },
      internal: { serviceAccount: ENV.INTERNAL_SERVICE_ACCOUNT },
      vertex: { location: 'us', model: 'gemini-3.5-flash', endpoint: undefined },
    })
  })

  test('each bad variable is one line', () => {
    const bad = { ...ENV, PUSH_AUDIENCE: 'nowhere', VERTEX_ENDPOINT: 'https://x', VERTEX_MODEL: '../x' }

    expect(() => envToConfig(bad)).toThrow(/^PUSH_AUDIENCE: .*\nVERTEX_MODEL: .*\nVERTEX_ENDPOINT: .*$/)
  })

  test.each(['localhost:8087', '127.0.0.1:8087'])('on Cloud Run a model at %s is refused', (endpoint) => {
    const env = { ...ENV, K_SERVICE: 'clarity-insight', VERTEX_ENDPOINT: endpoint }

    expect(() => envToConfig(env)).toThrow(/^VERTEX_ENDPOINT: /)
  })

  test('.env.example is what the schema says', () => {
    const file = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8')

    expect(file).toBe(envExample(insightEnv))
  })
})
