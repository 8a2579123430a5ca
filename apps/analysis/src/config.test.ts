import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { envExample } from '@clarity/service-shell'
import { analysisEnv, envToConfig } from './config.ts'

const ENV = {
  PORT: '8081',
  METRICS_PORT: '9465',
  GOOGLE_CLOUD_PROJECT: 'demo-clarity',
  USER_HASH_KEY: 'a-key-of-sixteen-letters',
  RAW_BUCKET: 'clarity-raw',
  PUSH_AUDIENCE: 'https://analysis.example',
  PUSH_SERVICE_ACCOUNT: 'clarity-push-analysis@demo-clarity.iam.gserviceaccount.com',
  INTERNAL_SERVICE_ACCOUNT: 'clarity-ingestion@demo-clarity.iam.gserviceaccount.com',
  MODEL_DIR: 'models/pat-s',
}

describe('the configuration of analysis', () => {
  it('takes Google’s certificates and two threads where nothing else is said', () => {
    expect(envToConfig(ENV)).toMatchObject({
      port: 8081,
      rawBucket: 'clarity-raw',
      modelDir: 'models/pat-s',
      inferenceThreads: 2,
      internal: { serviceAccount: ENV.INTERNAL_SERVICE_ACCOUNT, audience: 'https://analysis.example' },
      push: { audience: 'https://analysis.example', certsUrl: 'https://www.googleapis.com/oauth2/v1/certs' },
    })
  })

  it('names each bad variable in a line of its own', () => {
    const bad = { ...ENV, PUSH_SERVICE_ACCOUNT: 'nobody', INFERENCE_THREADS: '0', MODEL_DIR: '' }
    expect(() => envToConfig(bad)).toThrow(/^PUSH_SERVICE_ACCOUNT: .*\nMODEL_DIR: .*\nINFERENCE_THREADS: .*$/)
  })

  it.each([
    ['FIRESTORE_EMULATOR_HOST', '127.0.0.1:8086'],
    ['GCE_METADATA_HOST', '127.0.0.1:8088'],
    ['PUSH_CERTS_URL', 'http://127.0.0.1:8088/oauth2/v1/certs'],
    ['NODE_EXTRA_CA_CERTS', '/tmp/ca.pem'],
  ])('refuses %s on Cloud Run', (name, value) => {
    expect(() => envToConfig({ ...ENV, K_SERVICE: 'clarity-analysis', [name]: value })).toThrow(
      new RegExp(`^${name}: `),
    )
  })

  it('is what .env.example says', () => {
    const file = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8')
    expect(file).toBe(envExample(analysisEnv))
  })
})
