import { metrics as metricsApi, trace } from '@opentelemetry/api'
import { metrics, tracing } from '@opentelemetry/sdk-node'
import { createVertexLanguageModel } from './index.ts'
import { type LocalVertex, startLocalVertex } from './testing/local-vertex.ts'

const REQUEST = {
  system: 'system-canary',
  prompt: '- sleep.asleep = 432 min (prompt-canary)',
  responseSchema: { type: 'STRING' },
} as const

describe('what is recorded of a generation', () => {
  const spans = new tracing.InMemorySpanExporter()
  const exporter = new metrics.InMemoryMetricExporter(metrics.AggregationTemporality.CUMULATIVE)
  const reader = new metrics.PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const meters = new metrics.MeterProvider({ readers: [reader] })
  let vertex: LocalVertex

  beforeAll(async () => {
    trace.setGlobalTracerProvider(
      new tracing.BasicTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(spans)] }),
    )
    metricsApi.setGlobalMeterProvider(meters)
    vertex = await startLocalVertex()
  })

  afterEach(async () => {
    spans.reset()
    await vertex.clearFaults()
  })

  afterAll(async () => {
    await vertex[Symbol.asyncDispose]()
    await meters.shutdown()
    trace.disable()
    metricsApi.disable()
  })

  const model = (model = 'gemini-3.5-flash') =>
    createVertexLanguageModel({
      projectId: 'demo-clarity',
      location: 'us',
      model,
      endpoint: vertex.endpoint,
      accessToken: () => Promise.resolve('token-canary'),
      timeoutMs: 10_000,
      initialDelayMs: 1,
      failuresToOpen: 3,
    })

  async function metricNames(): Promise<Record<string, number>> {
    await reader.forceFlush()
    const scopes = exporter.getMetrics().at(-1)?.scopeMetrics ?? []
    const points = scopes.flatMap((scope) => scope.metrics)
    return Object.fromEntries(
      points.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.reduce(
          (sum, { value }) => sum + (typeof value === 'number' ? value : (value as { count: number }).count),
          0,
        ),
      ]),
    )
  }

  test('one client span names operation, models, finish reason and tokens, and holds no content', async () => {
    await model().generate(REQUEST)

    const [span] = spans.getFinishedSpans()
    expect(span).toMatchObject({
      name: 'generate_content gemini-3.5-flash',
      kind: 2,
      status: { code: 0 },
      attributes: {
        'gen_ai.operation.name': 'generate_content',
        'gen_ai.provider.name': 'gcp.vertex_ai',
        'gen_ai.request.model': 'gemini-3.5-flash',
        'gen_ai.response.model': 'local-emulator',
        'gen_ai.response.finish_reasons': ['STOP'],
        'server.address': '127.0.0.1',
      },
    })
    expect(JSON.stringify([span?.attributes, span?.events])).not.toMatch(/canary|432/)
  })

  test.each([
    ['SAFETY', 'blocked'],
    [400, 'rejected'],
  ])('a generation that ends with %s marks its span with %s', async (code, type) => {
    await vertex.inject({ code, times: 1 })
    await model().generate(REQUEST)

    expect(spans.getFinishedSpans()[0]).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': type },
    })
  })

  test('every metric moves', async () => {
    await model().generate(REQUEST)
    await vertex.inject({ code: 503, times: 3 })
    await model().generate(REQUEST)

    const values = await metricNames()
    expect(Object.keys(values).sort()).toEqual([
      'clarity.language_model.circuit_open',
      'clarity.language_model.retries',
      'gen_ai.client.operation.duration',
      'gen_ai.client.token.usage',
    ])
    expect(Object.values(values).every((value) => value > 0)).toBe(true)
  })
})
