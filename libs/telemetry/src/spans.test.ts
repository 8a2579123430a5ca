import { notFound } from '@clarity/failure'
import { SpanStatusCode, context, trace } from '@opentelemetry/api'
import { node, tracing } from '@opentelemetry/sdk-node'
import { currentTraceContext, currentTraceId, markSpanFailed, withSpan } from './spans.ts'

const exporter = new tracing.InMemorySpanExporter()

beforeAll(() => {
  new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] }).register()
})

beforeEach(() => exporter.reset())

afterAll(() => {
  trace.disable()
  context.disable()
})

describe('a span', () => {
  it('covers the work and names its trace', async () => {
    const traceId = await withSpan('merge', { 'clarity.days': 7 }, () => Promise.resolve(currentTraceId()))
    const [span] = exporter.getFinishedSpans()
    expect(span).toMatchObject({ name: 'merge', attributes: { 'clarity.days': 7 } })
    expect(traceId).toBe(span?.spanContext().traceId)
    expect(currentTraceId()).toBeNull()
  })

  it('can be taken up later by its context, without baggage', async () => {
    const { traceparent } = await withSpan('session', {}, () => Promise.resolve(currentTraceContext()))
    const { traceId, spanId } = exporter.getFinishedSpans()[0]!.spanContext()
    expect(traceparent).toBe(`00-${traceId}-${spanId}-01`)
    expect(currentTraceContext()).toEqual({})
  })

  it('is marked by the kind or class of what is thrown', async () => {
    await expect(withSpan('a', {}, () => Promise.reject(notFound('Gone.')))).rejects.toThrow('Gone.')
    await expect(withSpan('b', {}, () => Promise.reject(new TypeError('x')))).rejects.toThrow('x')
    await withSpan('c', {}, () => Promise.resolve(markSpanFailed('text')))
    const spans = exporter.getFinishedSpans()
    expect(spans.map(({ attributes }) => attributes['error.type'])).toEqual([
      'not-found',
      'TypeError',
      'unknown',
    ])
    expect(spans.every(({ status }) => status.code === SpanStatusCode.ERROR)).toBe(true)
  })
})
