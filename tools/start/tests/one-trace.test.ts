import { type System, startSystem } from '@clarity/testkit'
import type { Outcome } from '../src/api-client.ts'
import { demoUpload } from '../src/demo/demo-upload.ts'
import { type Span, orphansOf, spansOf } from './trace.ts'
import { newPerson, uploadAndFollow } from './uploads.ts'

const NOW = Date.parse('2026-05-20T21:30:00Z')

/** A body with a value in it that nothing may repeat. */
function bodyWith(canary: string) {
  const upload = demoUpload({ now: NOW, timezone: 'Europe/Berlin' })
  const [first, ...rest] = upload.quantity_samples
  const marked = { ...first!, source_name: canary, metadata: { ...first!.metadata, note: canary } }
  const bytes = Buffer.from(JSON.stringify({ ...upload, quantity_samples: [marked, ...rest] }))
  return { bytes, contentType: 'application/json', gzip: false, timezone: 'Europe/Berlin' }
}

describe('one upload through the whole system', () => {
  const canary = 'Canary-of-Anna-Bergström'
  let system: System
  let outcome: Outcome
  let spans: Span[]
  let client: { trace_id: string; span_id: string }

  beforeAll(async () => {
    const body = bodyWith(canary)
    system = await startSystem({ environment: { LOG_LEVEL: 'debug' } })
    outcome = await uploadAndFollow(await newPerson(system), body)
    const traceId = outcome.processing.trace_id!
    spans = await spansOf(system, traceId)
    const root = spans.find(({ name }) => name === 'POST /api/v1/health-data/upload')!
    client = { trace_id: traceId, span_id: root.parent_span_id! }
  }, 150_000)
  afterAll(() => system[Symbol.asyncDispose]())

  const named = (name: string) => spans.find((span) => span.name === name)

  it('is one trace whose only missing parent is the client’s own span', () => {
    expect(orphansOf(spans).map(({ name, parent_span_id }) => [name, parent_span_id])).toEqual([
      ['POST /api/v1/health-data/upload', client.span_id],
    ])
    expect(new Set(spans.map(({ service }) => service))).toEqual(
      new Set(['ingestion', 'analysis', 'insight']),
    )
  })

  it.each([
    ['process health-data-processing-push', 'send health-data-processing'],
    ['process ml-predictions-push', 'send ml-predictions'],
  ])('%s is a child of %s and links to the push’s own trace', (consumer, producer) => {
    expect(named(consumer)?.parent_span_id).toBe(named(producer)?.span_id)
    expect(named(consumer)?.links).toHaveLength(1)
    expect(named(consumer)?.links[0]?.trace_id).not.toBe(client.trace_id)
  })

  it('names the inference, the merge, the model call and the last message', () => {
    for (const name of [
      'merge samples',
      'pat inference',
      'generate_content gemini-3.5-flash',
      'send user-insights',
    ]) {
      expect(named(name)).toMatchObject({ status: expect.stringMatching(/UNSET|OK/) })
    }
  })

  it('is found in every service’s log lines, each one JSON object with severity and trace', () => {
    for (const service of Object.values(system.services)) {
      const lines = service.lines().map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(
        lines.every(({ severity, message }) => typeof severity === 'string' && typeof message === 'string'),
      ).toBe(true)
      const traced = lines.filter((line) =>
        String(line['logging.googleapis.com/trace']).endsWith(client.trace_id),
      )
      expect(traced.length).toBeGreaterThan(0)
      expect(traced.every((line) => typeof line['logging.googleapis.com/spanId'] === 'string')).toBe(true)
    }
  })

  it.each([
    ['ingestion', 'upload announced', { format: 'json', duplicate: false, bytes: expect.any(Number) }],
    ['ingestion', 'request', { route: expect.any(String), duration_ms: expect.any(Number) }],
    ['analysis', 'upload read', { shape: expect.any(String) }],
    ['analysis', 'upload analysed', { stage: expect.stringMatching(/^pat_/), existed: false }],
    [
      'insight',
      'insight generated',
      { source: 'gemini', degraded: false, model: expect.any(String), input_tokens: expect.any(Number) },
    ],
    ['insight', 'upload narrated', { duration_ms: expect.any(Number) }],
  ] as const)('lets %s say “%s”, with what metrics are made of', (service, message, fields) => {
    const lines = system.services[service].lines().map((line) => JSON.parse(line) as { message: string })
    expect(lines.filter((line) => line.message === message)).toContainEqual(expect.objectContaining(fields))
  })

  it('repeats no health value, mail, name, token or user id in a log line, span, metric or message', async () => {
    const userId = outcome.analysis!.user_id
    const steps = String(outcome.analysis!.activity.steps_per_day?.value)
    const secrets = [canary, 'Anna', userId, '@example.org', 'Bearer', 'a-long-enough-password', steps]
    const metricsPorts = Object.values(system.services).flatMap((service) =>
      service.lines().flatMap((line) => (JSON.parse(line) as { metrics_port?: number }).metrics_port ?? []),
    )
    const metrics = await Promise.all(
      metricsPorts.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
    )
    const traces = (await (await fetch(`${system.adminUrl}/admin/traces`)).json()) as {
      data?: { trace_id: string }[]
    }
    const said = [
      ...Object.values(system.services).flatMap((service) => service.lines()),
      ...metrics,
      JSON.stringify(spans),
      JSON.stringify(traces),
    ]
    expect(metrics).toHaveLength(3)
    for (const secret of secrets) expect(said.filter((text) => text.includes(secret))).toEqual([])
  })
})
