import { gzipSync } from 'node:zlib'
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { NodeSDK, tracing } from '@opentelemetry/sdk-node'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { createServiceContext } from '../service-context.ts'
import { startOtlp, type TelemetryReceiver } from './server.ts'
import { createTelemetryStore, type StoredSpan } from './telemetry-store.ts'

const LINKED = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }

describe('the OTLP receiver, through the OpenTelemetry SDK', () => {
  let receiver: TelemetryReceiver
  let url: string

  beforeAll(async () => {
    receiver = await startOtlp(createServiceContext({ projectId: 'demo-clarity' }), { port: 0 })
    url = `http://127.0.0.1:${receiver.port}`
  })
  afterAll(() => receiver[Symbol.asyncDispose]())
  beforeEach(() => receiver.reset())

  async function post(path: string, body: string | Buffer, headers: Record<string, string>) {
    const response = await fetch(url + path, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers,
    })
    return response.status
  }

  it.each(['http/protobuf', 'http/json'])('reads back the spans and metrics sent as %s', async (protocol) => {
    const environment = {
      OTEL_SERVICE_NAME: 'ingestion',
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    }
    Object.assign(process.env, environment)
    const sdk = new NodeSDK(
      protocol === 'http/json'
        ? { spanProcessors: [new tracing.SimpleSpanProcessor(new OTLPTraceExporter())] }
        : {},
    )
    sdk.start()
    const tracer = trace.getTracer('test')
    const traceId = tracer.startActiveSpan('upload', { kind: SpanKind.SERVER }, (root) => {
      const child = tracer.startSpan('send health-data-processing', {
        kind: SpanKind.PRODUCER,
        links: [{ context: LINKED }],
        attributes: { bytes: 12, ok: true, ratio: 0.5, tags: ['a', 'b'] },
      })
      child.addEvent('queued', { position: 1 })
      child.setStatus({ code: SpanStatusCode.ERROR, message: 'refused' })
      child.end()
      root.end()
      return root.spanContext().traceId
    })
    metrics.getMeter('test').createCounter('uploads').add(3, { format: 'json' })
    metrics.getMeter('test').createHistogram('size').record(7)
    await sdk.shutdown()
    for (const name of Object.keys(environment)) delete process.env[name]
    trace.disable()
    metrics.disable()

    const [root, child] = receiver.telemetry.spans(traceId)
    expect(root).toMatchObject({ service: 'ingestion', name: 'upload', kind: 'SERVER', parent_span_id: null })
    expect(child).toMatchObject({
      trace_id: traceId,
      name: 'send health-data-processing',
      kind: 'PRODUCER',
      parent_span_id: root?.span_id,
      links: [{ trace_id: LINKED.traceId, span_id: LINKED.spanId }],
      status: 'ERROR',
      status_message: 'refused',
      attributes: { bytes: 12, ok: true, ratio: 0.5, tags: ['a', 'b'] },
      events: [{ name: 'queued', attributes: { position: 1 } }],
    })
    expect(Math.abs((child?.start_ms ?? 0) - Date.now())).toBeLessThan(3_600_000)
    expect(receiver.telemetry.traces(10)).toMatchObject([
      { trace_id: traceId, name: 'upload', services: ['ingestion'], span_count: 2 },
    ])
    expect(receiver.telemetry.metrics()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'uploads', value: 3, attributes: { format: 'json' } }),
        expect.objectContaining({ name: 'size', value: null, count: 1, sum: 7 }),
      ]),
    )
  })

  it('keeps log records with their trace', async () => {
    const record = {
      timeUnixNano: '1700000000000000000',
      severityText: 'INFO',
      body: { stringValue: 'stored' },
      traceId: 'C'.repeat(32),
    }
    const body = gzipSync(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    expect(await post('/v1/logs', body, headers)).toBe(200)
    expect(receiver.telemetry.logs(1)).toMatchObject([
      { service: 'unknown', severity: 'INFO', body: 'stored', trace_id: 'c'.repeat(32), at_ms: 1.7e12 },
    ])
  })

  it('refuses what it cannot read', async () => {
    expect(await post('/v1/traces', '{', { 'content-type': 'application/json' })).toBe(400)
    expect(await post('/v1/traces', Buffer.from([7]), { 'content-type': 'application/x-protobuf' })).toBe(400)
    expect(await post('/v1/traces', 'x', { 'content-type': 'text/plain' })).toBe(415)
    expect(await post('/v1/profiles', '{}', { 'content-type': 'application/json' })).toBe(501)
  })
})

describe('the telemetry store', () => {
  it('keeps the latest spans up to its capacity', () => {
    const store = createTelemetryStore(createServiceContext({ projectId: 'p' }).database, 3)
    const span = (index: number): StoredSpan => ({
      trace_id: 't',
      service: 's',
      name: `span ${index}`,
      kind: 'INTERNAL',
      span_id: String(index),
      parent_span_id: null,
      links: [],
      status: 'UNSET',
      status_message: null,
      start_ms: index,
      duration_ms: 1,
      attributes: {},
      events: [],
    })
    for (let index = 0; index < 5; index += 1) store.addSpans([span(index)])
    expect(store.spans('t').map(({ name }) => name)).toEqual(['span 2', 'span 3', 'span 4'])
  })
})
