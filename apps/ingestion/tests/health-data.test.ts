import type { Analysis, Insight } from '@clarity/contracts'
import { sampleLineSchema } from '@clarity/health-data'
import { held, hold, shardsHolding } from './held-samples.ts'
import { type Ingestion, type Person, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

const phone = { name: 'iPhone', bundle_id: null, product: 'iPhone15,2' }
const steps = { type: 'step_count', value: 60 }

/** Two days in Berlin: steps over both and over midnight, pulses, an unknown type, a deleted and a repeated sample. */
const SAMPLES = [
  held({ id: 'A', ...steps, start: '2026-03-01T08:30:00Z', end: '2026-03-01T09:30:00Z' }),
  held({ id: 'B', ...steps, start: '2026-03-01T08:30:00Z', end: '2026-03-01T08:40:00Z', source: phone }),
  held({ id: 'C', ...steps, start: '2026-03-01T22:30:00Z', end: '2026-03-01T23:30:00Z' }),
  held({ id: 'D', start: '2026-03-01T08:15:00Z', value: 61 }),
  held({ id: 'E', start: '2026-03-01T08:15:00Z', value: 61 }),
  held({ id: 'F', start: '2026-03-02T08:00:00Z', value: 20, base_verdict: 'implausible' }),
  held({ id: 'G', start: '2026-03-02T08:00:30Z', value: 71 }),
  held({ id: 'H', start: '2026-03-02T08:00:10Z', value: 99 }),
  held({ id: 'I', type: 'HKNew', start: '2026-03-02T09:00:00Z', base_verdict: 'unknown', unit: 'x' }),
]

describe('health data', () => {
  let ingestion: Ingestion
  let person: Person
  let stranger: Person
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
    person = await ingestion.person()
    stranger = await ingestion.person()
    await hold(ingestion.records.days, person.userId, shardsHolding(SAMPLES, ['H']))
    await ingestion.records.users.put(person.userId, { timezone: 'Europe/Berlin' })
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())

  const get = (query: string, token = person.token) =>
    ingestion.call('GET', `/api/v1/health-data?${query}`, { token })
  const ids = async (query: string): Promise<string[]> =>
    (await get(query)).body.data.map(({ id }: { id: string }) => id)

  it('is every sample in order, with its verdict, without deleted ones and repeats', async () => {
    const { status, body } = await get('')
    expect(status).toBe(200)
    expect(body.data.map(({ id, verdict }: Record<string, string>) => `${id} ${verdict}`)).toEqual([
      'D accepted',
      'A accepted',
      'B accepted',
      'C accepted',
      'F implausible',
      'G accepted',
      'I unknown',
    ])
    for (const line of body.data) expect(sampleLineSchema.parse(line)).toEqual(line)
    expect(body.pagination).toEqual({ next_cursor: null, page_size: 50 })
  })

  it.each([
    ['type=step_count', ['A', 'B', 'C']],
    ['type=HKQuantityTypeIdentifierStepCount', ['A', 'B', 'C']],
    ['type=HKNew', ['I']],
    ['type=nothing', []],
    ['source=iPhone', ['B']],
    ['source=iPhone15,2', ['B']],
    ['source=com.apple.health&type=heart_rate', ['D', 'F', 'G']],
    ['start=2026-03-02T08:00:00Z', ['F', 'G', 'I']],
    ['end=2026-03-01T08:30:00Z', ['D']],
    ['start=2026-03-02T09:00:00+01:00&end=2026-03-02T09:00:01%2B01:00', ['F']],
    ['start=2026-03-02', ['F', 'G', 'I']],
    ['start=2026-03-01&end=2026-03-01', ['D', 'A', 'B', 'C']],
    ['start=2026-03-02&end=2026-03-02', ['F', 'G', 'I']],
    ['start=2026-03-02T00:00:00Z&end=2026-03-02T00:00:00Z', []],
  ])('for %s is %j', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  describe('of one source', () => {
    const at = { start: '2026-03-01T08:00:00Z' }
    const sources = [
      { name: null, bundle_id: null, product: null },
      { name: 'Sam’s Apple\u00a0Watch', bundle_id: null, product: null },
      { name: "Sam's Apple Watch", bundle_id: 'com.example.Watch', product: null },
      phone,
    ]
    let owner: Person
    beforeAll(async () => {
      owner = await ingestion.person()
      const samples = sources.map((source, index) =>
        held({ ...at, id: `${index}`, value: 60 + index, source }),
      )
      await hold(ingestion.records.days, owner.userId, shardsHolding(samples))
    })

    it.each([
      ['Sam’s Apple\u00a0Watch', ['1', '2']],
      ["Sam's Apple Watch", ['1', '2']],
      ["sam's  apple watch", ['1', '2']],
      ['Sams Apple Watch', []],
      ['com.example.Watch', ['2']],
      ['com.example.watch', []],
      [' ', []],
    ])('%j is %j, however clients spell its name', async (source, expected) => {
      const query = new URLSearchParams({ source }).toString()
      const { body } = await get(query, owner.token)
      expect(body.data.map(({ id }: { id: string }) => id)).toEqual(expected)
      const hours = await get(`${query}&resolution=hour`, owner.token)
      expect(hours.body.data[0]?.count ?? 0).toBe(expected.length)
    })
  })

  it('by hour and day is merged, prorated and cut in the zone of the samples', async () => {
    const hours = await get('type=step_count&resolution=hour')
    expect(hours.body.data.map(({ start, sum }: Record<string, unknown>) => [start, sum])).toEqual([
      ['2026-03-01T08:00:00.000Z', 30],
      ['2026-03-01T09:00:00.000Z', 30],
      ['2026-03-01T22:00:00.000Z', 30],
      ['2026-03-01T23:00:00.000Z', 30],
    ])
    const days = await get('resolution=day&start=2026-03-02&end=2026-03-02')
    expect(days.body.data).toEqual([
      {
        start: '2026-03-01T23:00:00.000Z',
        end: '2026-03-02T23:00:00.000Z',
        timezone: 'Europe/Berlin',
        type: 'heart_rate',
        count: 1,
        min: 71,
        max: 71,
        mean: 71,
        sum: null,
        unit: 'count/min',
      },
      {
        start: '2026-03-01T23:00:00.000Z',
        end: '2026-03-02T23:00:00.000Z',
        timezone: 'Europe/Berlin',
        type: 'step_count',
        count: 0,
        min: null,
        max: null,
        mean: null,
        sum: 30,
        unit: 'count',
      },
    ])
  })

  it.each(['', '&resolution=hour', '&resolution=day'])('comes in pages that join%s', async (resolution) => {
    const whole = await get(`limit=1000${resolution}`)
    const joined: unknown[] = []
    let cursor = ''
    do {
      const { body } = await get(`limit=2${resolution}${cursor}`)
      joined.push(...body.data)
      cursor = body.pagination.next_cursor && `&cursor=${body.pagination.next_cursor}`
    } while (cursor)
    expect(joined).toEqual(whole.body.data)
  })

  it.each([
    ['start=yesterday', 'start'],
    ['start=2026-03-01T08:00:00', 'start'],
    ['start=1899-12-31', 'start'],
    ['end=2026-02-30', 'end'],
    ['start=2026-03-02&end=2026-03-01', 'end'],
    ['resolution=week', 'resolution'],
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['type=', 'type'],
    ['type=a&type=b', 'type'],
    ['cursor=abc.def', 'cursor'],
  ])('is refused for %s', async (query, path) => {
    const { status, body } = await get(query)
    expect(status).toBe(422)
    expect(body.errors[0].path).toBe(path)
  })

  it('takes a cursor from its own query and person alone', async () => {
    const { body } = await get('limit=2&type=step_count')
    const cursor = body.pagination.next_cursor
    expect((await get(`limit=1&type=step_count&cursor=${cursor}`)).status).toBe(200)
    expect((await get(`limit=2&type=heart_rate&cursor=${cursor}`)).status).toBe(422)
    expect((await get(`limit=2&cursor=${cursor}`)).status).toBe(422)
    expect((await get(`limit=2&type=step_count&cursor=${cursor}`, stranger.token)).status).toBe(422)
    expect((await get('', stranger.token)).body.data).toEqual([])
  })

  describe('as an export', () => {
    const linesOf = async (token: string): Promise<Record<string, unknown>[]> => {
      const { status, headers, body } = await ingestion.call('GET', '/api/v1/health-data/export', { token })
      expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
      return String(body)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    }

    it('is every sample but deleted ones, then uploads, analyses and insights', async () => {
      const { token, userId } = person
      const upload = await ingestion.call('POST', '/api/v1/health-data/upload', { token, body: { a: 1 } })
      const made = { analysis_id: 'an1', user_id: userId, created_at: '2026-03-02T00:00:00Z' }
      await ingestion.records.analyses.createOnce({ ...made, upload_ids: [] as string[] } as Analysis)
      const insight = { insight_id: 'in1', analysis_id: 'an1', generated_at: '2026-03-02T00:00:00Z' }
      await ingestion.records.insights.createOnce(userId, insight as Insight)
      const lines = await linesOf(token)
      expect(lines.map(({ kind }) => kind)).toEqual([
        ...Array<string>(8).fill('sample'),
        'upload',
        'analysis',
        'insight',
      ])
      expect(lines.slice(0, 8).map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
        'D accepted',
        'E duplicate',
        'A accepted',
        'B accepted',
        'C accepted',
        'F implausible',
        'G accepted',
        'I unknown',
      ])
      expect(lines[8]).toMatchObject({ upload_id: upload.body.upload_id, format: 'json', bytes: 7 })
      expect(lines[9]).toMatchObject({ analysis_id: 'an1' })
      expect(lines[10]).toMatchObject({ insight_id: 'in1' })
    })

    it('of nothing is empty', async () => {
      expect(await linesOf(stranger.token)).toEqual([])
    })
  })

  it('lists uploads, newest first and page by page, without what is internal', async () => {
    const { token } = await ingestion.person()
    const sent: string[] = []
    for (const a of [1, 2, 3]) {
      const { body } = await ingestion.call('POST', '/api/v1/health-data/upload', { token, body: { a } })
      sent.unshift(body.upload_id)
    }
    const list = (query: string) => ingestion.call('GET', `/api/v1/health-data/uploads?${query}`, { token })
    const first = await list('limit=2')
    const { next_cursor: cursor } = first.body.pagination
    const second = await list(`limit=2&cursor=${cursor}`)
    const seen = [...first.body.data, ...second.body.data]
    expect(seen.map(({ upload_id }) => upload_id)).toEqual(sent)
    expect(second.body.pagination.next_cursor).toBeNull()
    expect(Object.keys(seen[0]).sort()).toEqual(
      [
        ...['analysis_id', 'bytes', 'content_encoding', 'content_type', 'error', 'format', 'insight_id'],
        ...['processing_id', 'progress', 'received_at', 'rejections', 'samples', 'shape', 'stage', 'stages'],
        ...['status', 'superseded_by', 'timezone', 'trace_id', 'upload_id'],
      ].sort(),
    )
    expect((await list('limit=x')).status).toBe(422)
    const foreign = await ingestion.call('GET', `/api/v1/health-data/uploads?cursor=${cursor}`, {
      token: person.token,
    })
    expect(foreign.status).toBe(422)
  })
})
