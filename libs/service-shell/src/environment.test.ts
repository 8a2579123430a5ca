import { z } from 'zod'
import { BadEnvironment, commonEnv, commonEnvToConfig, parseEnv } from './environment.ts'

const schema = z.object({ ...commonEnv, RAW_BUCKET: z.string().min(3) })
const good = {
  PORT: '8080',
  METRICS_PORT: '9464',
  GOOGLE_CLOUD_PROJECT: 'demo-clarity',
  USER_HASH_KEY: 'a key of sixteen bytes',
  RAW_BUCKET: 'clarity-raw',
}

describe('the environment', () => {
  it('becomes the common part of a config', () => {
    const config = commonEnvToConfig(parseEnv(schema, { ...good, LOG_LEVEL: '', REQUEST_DEADLINE_MS: '100' }))
    expect(config).toEqual({
      port: 8080,
      metricsPort: 9464,
      projectId: 'demo-clarity',
      requestDeadlineMs: 100,
      userHashKey: 'a key of sixteen bytes',
      onCloudRun: false,
    })
    expect(commonEnvToConfig(parseEnv(schema, { ...good, K_SERVICE: 'ingestion' })).onCloudRun).toBe(true)
  })

  it('that is wrong is told in one line a variable', () => {
    const bad = { ...good, PORT: 'eighty', RAW_BUCKET: '', TRACE_SAMPLE_RATIO: '2' }
    expect(linesOf(bad).map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'TRACE_SAMPLE_RATIO',
      'RAW_BUCKET',
    ])
  })

  it('that lacks a variable says that it must be set', () => {
    expect(linesOf({ ...good, PORT: '', RAW_BUCKET: undefined })).toEqual([
      'PORT: must be set',
      'RAW_BUCKET: must be set',
    ])
  })

  it('never shows the value that is wrong', () => {
    expect(linesOf({ ...good, USER_HASH_KEY: 'secret' }).join('\n')).not.toContain('secret')
  })

  it.each([
    ['PUBSUB_EMULATOR_HOST', 'example.org:1'],
    ['FIREBASE_AUTH_EMULATOR_HOST', '10.0.0.1:1'],
    ['GCE_METADATA_HOST', '127.0.0.1:8088'],
    ['GCE_METADATA_IP', '127.0.0.1'],
    ['PUSH_CERTS_URL', 'http://127.0.0.1:8088/certs'],
    ['PUSH_CERTS_URL', 'https://www.googleapis.com/oauth2/v1/certs'],
    ['FIREBASE_CERTS_URL', 'https://storage.googleapis.com/anybody/certs'],
    ['VERTEX_ENDPOINT', 'localhost:8087'],
    ['VERTEX_ENDPOINT', 'https://[::1]:8087'],
    ['NODE_EXTRA_CA_CERTS', '/tmp/ca.pem'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ])('with %s=%s is refused on Cloud Run and taken elsewhere', (name, value) => {
    expect(linesOf({ ...good, K_SERVICE: 'analysis', [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: must .* Cloud Run`)),
    ])
    expect(parseEnv(schema, { ...good, [name]: value }).PORT).toBe(8080)
  })

  it('of a plain Cloud Run service is taken', () => {
    const env = {
      ...good,
      K_SERVICE: 'analysis',
      PUBSUB_EMULATOR_HOST: '',
      VERTEX_ENDPOINT: 'us-central1-aiplatform.googleapis.com',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
    }
    expect(parseEnv(schema, env).K_SERVICE).toBe('analysis')
  })
})

function linesOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    parseEnv(schema, env)
  } catch (error) {
    if (error instanceof BadEnvironment) return error.lines
  }
  return []
}
