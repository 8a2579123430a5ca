import { SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api'
import { node, tracing } from '@opentelemetry/sdk-node'
import { type TestCloud, PROJECT_ID, startPushEndpoint, startTestCloud } from '../tests/cloud.ts'
import type { EventBus } from './event-bus.ts'
import { createPubSubEventBus } from './pubsub-event-bus.ts'

const TOPIC = 'ml-predictions'
const exporter = new tracing.InMemorySpanExporter()
let cloud: TestCloud
let bus: EventBus

beforeAll(async () => {
  new node.NodeTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)] }).register()
  cloud = await startTestCloud()
  await cloud.pubsub.createTopic(TOPIC)
  bus = createPubSubEventBus({ projectId: PROJECT_ID, emulatorHost: cloud.emulatorHost, timeoutMs: 10_000 })
})

beforeEach(() => exporter.reset())

afterAll(async () => {
  await bus[Symbol.asyncDispose]()
  await cloud[Symbol.asyncDispose]()
  trace.disable()
  context.disable()
  propagation.disable()
})

const message = (n: number) => ({
  topic: TOPIC,
  data: { n },
  attributes: { event_type: 'analysis.completed' },
  orderingKey: 'user-1',
})

const spanNamed = (name: string) => exporter.getFinishedSpans().find((span) => span.name === name)

describe('a published message', () => {
  it('arrives by push as it was sent, in the order of its key, within one trace', async () => {
    await using endpoint = await startPushEndpoint()
    await cloud.pubsub.topic(TOPIC).createSubscription(`${TOPIC}-push`, {
      pushEndpoint: endpoint.url,
      enableMessageOrdering: true,
    })
    const ids = await trace.getTracer('test').startActiveSpan('POST /upload', async (span) => {
      const published = await Promise.all([1, 2, 3].map((n) => bus.publish(message(n))))
      span.end()
      return published
    })
    const pushes = [await endpoint.next(), await endpoint.next(), await endpoint.next()]
    const received = pushes.map((push) => bus.parsePush(push))
    expect(received.map(({ data, messageId }) => [data, messageId])).toEqual(
      ids.map((id, index) => [{ n: index + 1 }, id]),
    )
    expect(received[0]).toMatchObject({
      orderingKey: 'user-1',
      subscription: `${TOPIC}-push`,
      attributes: { event_type: 'analysis.completed' },
    })
    const request = spanNamed('POST /upload')
    const send = spanNamed(`send ${TOPIC}`)
    expect(send?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId)
    const { traceId, spanId } = send?.spanContext() ?? {}
    expect(received[0]?.attributes.traceparent).toBe(`00-${traceId}-${spanId}-01`)
    await cloud.pubsub.subscription(`${TOPIC}-push`).delete()
  })

  it('has a producer span in the words of the conventions', async () => {
    const messageId = await bus.publish(message(1))
    expect(spanNamed(`send ${TOPIC}`)).toMatchObject({
      kind: SpanKind.PRODUCER,
      attributes: {
        'messaging.system': 'gcp_pubsub',
        'messaging.operation.name': 'send',
        'messaging.operation.type': 'send',
        'messaging.destination.name': TOPIC,
        'messaging.message.id': messageId,
      },
    })
  })

  it('does not pass on the baggage of a client', async () => {
    const baggage = propagation.createBaggage({ who: { value: 'canary' } })
    const subscription = cloud.pubsub.topic(TOPIC).subscription('reader')
    await subscription.create()
    await context.with(propagation.setBaggage(context.active(), baggage), () => bus.publish(message(1)))
    const attributes = await new Promise<Record<string, string>>((resolve) => {
      subscription.once('message', (received) => {
        received.ack()
        resolve(received.attributes)
      })
    })
    await subscription.close()
    await subscription.delete()
    expect(Object.keys(attributes).sort()).toEqual(['event_type', 'traceparent'])
  })
})

describe('publishing', () => {
  it('outlives a short outage', async () => {
    await cloud.fault({ method: 'Publish', code: 'UNAVAILABLE', times: 2 })
    await expect(bus.publish(message(1))).resolves.toMatch(/\w/)
  })

  it('that fails is unavailable, and the next message of the key goes out again', async () => {
    await cloud.fault({ method: 'Publish', code: 'PERMISSION_DENIED', times: 1 })
    const failures = await Promise.allSettled([bus.publish(message(1))])
    expect(failures).toMatchObject([{ reason: { kind: 'unavailable', details: { code: 'publish-failed' } } }])
    expect(spanNamed(`send ${TOPIC}`)).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'unavailable' },
    })
    await expect(bus.publish(message(2))).resolves.toMatch(/\w/)
  })

  it('that takes too long is unavailable, and the next message of the key goes out again', async () => {
    await using hasty = createPubSubEventBus({
      projectId: PROJECT_ID,
      emulatorHost: cloud.emulatorHost,
      timeoutMs: 300,
    })
    await cloud.fault({ method: 'Publish', latency_ms: 700, times: 3 })
    await expect(hasty.publish(message(1))).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(bus.publish(message(2))).resolves.toMatch(/\w/)
  })

  it('is ready once the topic is there', async () => {
    await bus.check(TOPIC)
    await expect(bus.check('no-such-topic')).rejects.toMatchObject({ kind: 'unavailable' })
    await cloud.fault({ method: 'GetTopic', code: 'PERMISSION_DENIED', times: 1 })
    await bus.check(TOPIC)
  })
})

describe('processing a push', () => {
  const push = {
    messageId: '7',
    publishTime: '2026-01-01T00:00:00Z',
    data: {},
    attributes: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
    subscription: `${TOPIC}-push`,
    deliveryAttempt: 2,
  }

  it('goes on in the trace of the sender and links to the HTTP span', async () => {
    const answer = await trace.getTracer('test').startActiveSpan('POST /push', async (span) => {
      const done = await bus.processPush(push, () => Promise.resolve('done'))
      span.end()
      return done
    })
    const http = spanNamed('POST /push')?.spanContext()
    const span = spanNamed(`process ${TOPIC}-push`)
    expect(answer).toBe('done')
    expect(span?.spanContext().traceId).toBe('a'.repeat(32))
    expect(span?.parentSpanContext?.spanId).toBe('b'.repeat(16))
    expect(span?.links.map((link) => link.context.spanId)).toEqual([http?.spanId])
    expect(span).toMatchObject({
      kind: SpanKind.CONSUMER,
      attributes: {
        'messaging.system': 'gcp_pubsub',
        'messaging.operation.name': 'process',
        'messaging.operation.type': 'process',
        'messaging.destination.subscription.name': `${TOPIC}-push`,
        'messaging.message.id': '7',
        'messaging.gcp_pubsub.message.delivery_attempt': 2,
      },
    })
  })

  it('stays in the trace of the push where the message names none', async () => {
    await trace.getTracer('test').startActiveSpan('POST /push', async (span) => {
      await bus.processPush({ ...push, attributes: {} }, () => Promise.resolve())
      span.end()
    })
    const span = spanNamed(`process ${TOPIC}-push`)
    expect(span?.parentSpanContext?.spanId).toBe(spanNamed('POST /push')?.spanContext().spanId)
    expect(span?.links).toEqual([])
  })

  it('passes on what the handler throws and marks the span', async () => {
    const bug = new TypeError('canary')
    await expect(bus.processPush(push, () => Promise.reject(bug))).rejects.toBe(bug)
    const span = spanNamed(`process ${TOPIC}-push`)
    expect(span).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'bug' },
    })
    expect(JSON.stringify([span?.attributes, span?.events, span?.status])).not.toContain('canary')
  })
})
