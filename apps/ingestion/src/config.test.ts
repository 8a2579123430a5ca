import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BadEnvironment, envExample } from '@clarity/service-shell'
import { envToConfig, ingestionEnv } from './config.ts'

const env = {
  PORT: '0',
  METRICS_PORT: '0',
  GOOGLE_CLOUD_PROJECT: 'demo-clarity',
  USER_HASH_KEY: 'k'.repeat(32),
  RAW_BUCKET: 'clarity-raw',
  FIREBASE_API_KEY: 'key',
  PUSH_AUDIENCE: 'https://ingestion.example',
  PUSH_SERVICE_ACCOUNT: 'push@example.com',
  ANALYSIS_URL: 'https://analysis.example',
  INSIGHT_URL: 'https://insight.example',
  CURSOR_KEY: 'c'.repeat(32),
}

describe('the environment of ingestion', () => {
  it('becomes the configuration', () => {
    expect(envToConfig(env)).toMatchObject({
      projectId: 'demo-clarity',
      rawBucket: 'clarity-raw',
      firebase: { apiKey: 'key', emulatorHost: undefined },
      authCallsPerMinute: 120,
      services: { analysis: 'https://analysis.example', insight: 'https://insight.example' },
      push: {
        certsUrl: 'https://www.googleapis.com/oauth2/v1/certs',
        audience: 'https://ingestion.example',
        serviceAccount: 'push@example.com',
      },
    })
  })

  it('is refused with one line for each variable at fault', () => {
    const { RAW_BUCKET: _, ...without } = env
    const lines = (() => {
      try {
        envToConfig({ ...without, CURSOR_KEY: 'short' })
      } catch (error) {
        return (error as BadEnvironment).lines
      }
      return []
    })()
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(['CURSOR_KEY', 'RAW_BUCKET'])
  })

  it('is described, variable by variable, in .env.example', () => {
    const text = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8')
    expect(text).toBe(envExample(ingestionEnv))
  })
})
