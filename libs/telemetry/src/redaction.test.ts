import { SpanStatusCode } from '@opentelemetry/api'
import { tracing } from '@opentelemetry/sdk-node'
import { redacting } from './redaction.ts'

const CANARY = 'canary-4711'

function finishedSpan(record: (span: ReturnType<ReturnType<typeof tracerOf>['startSpan']>) => void) {
  const exporter = new tracing.InMemorySpanExporter()
  const provider = new tracing.BasicTracerProvider({
    spanProcessors: [redacting(new tracing.SimpleSpanProcessor(exporter))],
  })
  const span = tracerOf(provider).startSpan('GET /things/:id')
  record(span)
  span.end()
  const [finished] = exporter.getFinishedSpans()
  if (finished === undefined) throw new Error('no span was exported')
  return finished
}

function tracerOf(provider: tracing.BasicTracerProvider) {
  return provider.getTracer('test')
}

describe('a finished span', () => {
  it('keeps what the allow-list names', () => {
    const attributes = {
      'http.route': '/things/:id',
      'http.response.status_code': 200,
      'messaging.destination.name': 'ml-predictions',
      'rpc.method': 'Commit',
      'gen_ai.usage.input_tokens': 12,
      'clarity.upload_id': 'up1',
    }
    expect(finishedSpan((span) => span.setAttributes(attributes)).attributes).toEqual(attributes)
  })

  it.each([
    'url.full',
    'url.path',
    'url.query',
    'client.address',
    'user_agent.original',
    'grpc.error_message',
    'messaging.gcp_pubsub.message.ordering_key',
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'enduser.id',
    'db.query.text',
  ])('loses %s', (key) => {
    expect(finishedSpan((span) => span.setAttribute(key, CANARY)).attributes).toEqual({})
  })

  it('keeps of an error its type alone', () => {
    const finished = finishedSpan((span) => {
      span.recordException(new TypeError(CANARY))
      span.setStatus({ code: SpanStatusCode.ERROR, message: CANARY })
      span.setAttribute('error.type', `a text with ${CANARY}`)
    })
    expect(finished.events).toMatchObject([
      { name: 'exception', attributes: { 'exception.type': 'TypeError' } },
    ])
    expect(finished.status).toEqual({ code: SpanStatusCode.ERROR })
    expect(JSON.stringify([finished.events, finished.attributes])).not.toContain(CANARY)
  })

  it('loses values that are texts rather than names', () => {
    const finished = finishedSpan((span) => span.setAttribute('clarity.stage', 'x'.repeat(201)))
    expect(finished.attributes).toEqual({})
  })

  it('keeps its links without their foreign attributes', () => {
    const context = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }
    const finished = finishedSpan((span) => span.addLink({ context, attributes: { note: CANARY } }))
    expect(finished.links).toEqual([{ context, attributes: {} }])
  })
})
