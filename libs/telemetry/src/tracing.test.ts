import { tracing } from '@opentelemetry/sdk-node'
import { envToTelemetryConfig } from './config.ts'
import { createSpanProcessor } from './tracing.ts'

describe('where finished spans go', () => {
  it.each([
    ['none', tracing.NoopSpanProcessor],
    ['console', tracing.SimpleSpanProcessor],
    ['otlp', tracing.BatchSpanProcessor],
    ['google', tracing.BatchSpanProcessor],
  ])('with %s', async (tracesExporter, kind) => {
    const processor = await createSpanProcessor({ tracesExporter, projectId: 'demo-clarity' })
    expect(processor).toBeInstanceOf(kind)
    await processor.shutdown()
  })
})

describe('the telemetry config', () => {
  it('is read from the environment', () => {
    const env = {
      OTEL_SERVICE_NAME: 'ingestion',
      K_REVISION: 'r7',
      K_SERVICE: 'x',
      GOOGLE_CLOUD_PROJECT: 'p',
      LOG_LEVEL: 'warn',
      OTEL_TRACES_EXPORTER: 'none',
      TRACE_SAMPLE_RATIO: '0.25',
      USER_HASH_KEY: 'k',
    }
    expect(envToTelemetryConfig(env)).toEqual({
      serviceName: 'ingestion',
      serviceVersion: 'r7',
      projectId: 'p',
      logLevel: 'warn',
      tracesExporter: 'none',
      sampleRatio: 0.25,
      userHashKey: 'k',
      onCloudRun: true,
    })
  })

  it('has a harmless stand-in for what is missing or wrong', () => {
    const config = envToTelemetryConfig({ TRACE_SAMPLE_RATIO: '7', LOG_LEVEL: 'loud' })
    expect(config).toMatchObject({
      tracesExporter: 'otlp',
      sampleRatio: 1,
      logLevel: 'info',
      onCloudRun: false,
    })
    expect(config.userHashKey).toMatch(/^[0-9a-f]{64}$/)
    expect(envToTelemetryConfig({ TRACE_SAMPLE_RATIO: '0' }).sampleRatio).toBe(0)
  })
})
