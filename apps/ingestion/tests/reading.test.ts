import type { Analysis, Insight } from '@clarity/contracts'
import { emptySummary } from '@clarity/health-data'
import { type Ingestion, type Person, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

const at = '2026-03-08T00:00:00.000Z'

describe('what a person may read', () => {
  let ingestion: Ingestion
  let person: Person
  let stranger: Person
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
    stranger = await ingestion.person()
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())
  beforeEach(async () => {
    person = await ingestion.person()
  })

  const get = (path: string, token = person.token) => ingestion.call('GET', `/api/v1${path}`, { token })
  const listen = (id: string) =>
    fetch(`${ingestion.url}/api/v1/health-data/processing/${id}/events`, {
      headers: { authorization: `Bearer ${person.token}` },
    })
  const upload = async (): Promise<string> => {
    const { body } = await ingestion.call('POST', '/api/v1/health-data/upload', {
      token: person.token,
      body: { a: 1 },
    })
    return body.upload_id
  }

  it('is how far an upload has come', async () => {
    const id = await upload()
    const { status, body } = await get(`/health-data/processing/${id}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      processing_id: id,
      upload_id: id,
      status: 'received',
      stage: 'stored',
      progress: 0.29,
      stages: ['received', 'stored', 'parsed', 'merged', 'analysed', 'predicted', 'narrated'].map(
        (name, index) => ({
          name,
          status: index < 2 ? 'completed' : 'pending',
          started_at: index < 2 ? expect.any(String) : null,
          completed_at: index < 2 ? expect.any(String) : null,
        }),
      ),
      shape: null,
      samples: null,
      rejections: [],
      analysis_id: null,
      insight_id: null,
      superseded_by: null,
      error: null,
      trace_id: null,
    })
  })

  it('is the current analysis where an upload’s own is superseded, though another one superseded it', async () => {
    const id = await upload()
    const { uploads, users } = ingestion.records
    await uploads.advance(person.userId, id, { at, status: 'completed', superseded_by: 'overtaken' })
    expect((await get(`/health-data/processing/${id}`)).body.superseded_by).toBe('overtaken')
    await users.put(person.userId, { current_analysis_id: 'current' })
    const { body } = await get(`/health-data/processing/${id}`)
    expect(body.superseded_by).toBe('current')
    expect(await (await listen(id)).text()).toContain(`data: ${JSON.stringify(body)}\n\n`)
  })

  it('is never another person’s, which answers as what nobody has', async () => {
    const id = await upload()
    for (const path of [`/health-data/processing/${id}`, `/health-data/processing/${id}/events`]) {
      expect((await get(path, stranger.token)).status).toBe(404)
    }
    expect((await get('/health-data/processing/..%2f..')).status).toBe(404)
    expect((await get('/pat/analysis/absent')).status).toBe(404)
    expect((await get('/insights/absent')).status).toBe(404)
  })

  it('is each change of an upload as it happens, until it is done', async () => {
    const { uploads } = ingestion.records
    const id = await upload()
    const response = await listen(id)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const seen: string[] = []
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events.filter((each) => each.startsWith('data: '))) {
        const { status, stage } = JSON.parse(event.slice('data: '.length))
        seen.push(`${status} ${stage}`)
        if (seen.length === 1) await uploads.advance(person.userId, id, { at, status: 'processing' })
        if (seen.length === 2) await uploads.advance(person.userId, id, { at, stage: 'parsed' })
        if (seen.length === 3) await uploads.fail(person.userId, id, { at, error: { code: 'x', title: 'X' } })
      }
    }
    expect(seen).toEqual(['received stored', 'processing stored', 'processing parsed', 'failed parsed'])
  })

  it('is a row for every date asked, of nulls where nothing was measured', async () => {
    const row = { ...emptySummary('2026-03-02', 'Europe/Berlin'), steps: 5000 }
    await ingestion.records.days.merge(person.userId, {
      uploadId: null,
      utcDates: [],
      build: () => ({ shards: [], days: [{ ...row, digest: 'd', details: { worn: 1 } }] }),
    })
    const { status, body } = await get('/health-data/summary?start=2026-03-01&end=2026-03-03')
    expect(status).toBe(200)
    expect(body).toEqual({
      data: [emptySummary('2026-03-01', 'UTC'), row, emptySummary('2026-03-03', 'UTC')],
    })
  })

  it.each([
    ['start=2026-03-01', 'end'],
    ['start=2026-02-30&end=2026-03-01', 'start'],
    ['start=&end=2026-03-01', 'start'],
    ['start=2026-03-02&end=2026-03-01', 'end'],
    ['start=2025-01-01&end=2026-01-02', 'end'],
    ['start=0001-01-01&end=0001-01-02', 'start'],
  ])('is no summary for %s', async (query, path) => {
    const { status, body } = await get(`/health-data/summary?${query}`)
    expect(status).toBe(422)
    expect(body.errors[0].path).toBe(path)
  })

  it('is a summary of 366 days', async () => {
    expect((await get('/health-data/summary?start=2024-01-01&end=2024-12-31')).body.data).toHaveLength(366)
  })

  const storeAnalysis = async (): Promise<Analysis> => {
    const what = { analysis_id: 'an1', user_id: person.userId, created_at: at, digest: 'd' }
    const analysis = { ...what, upload_ids: [] as string[] } as Analysis
    await ingestion.records.analyses.createOnce(analysis)
    return analysis
  }

  it('is an analysis', async () => {
    const analysis = await storeAnalysis()
    expect(await get('/pat/analysis/an1')).toMatchObject({ status: 200, body: analysis })
    expect((await get('/pat/analysis/an1', stranger.token)).status).toBe(404)
  })

  const insight = (id: string): Insight =>
    ({ insight_id: id, analysis_id: 'an1', generated_at: at }) as Insight

  it('is an insight, pending until it is made', async () => {
    const { insights } = ingestion.records
    await storeAnalysis()
    await insights.claim(person.userId, {
      insight_id: 'i1',
      analysis_id: 'an1',
      holder: 'h',
      at,
      leaseSeconds: 60,
    })
    expect(await get('/insights/i1')).toMatchObject({
      status: 202,
      body: { insight_id: 'i1', status: 'pending' },
    })
    await insights.createOnce(person.userId, insight('i1'))
    expect(await get('/insights/i1')).toMatchObject({ status: 200, body: insight('i1') })
    expect((await get('/insights/i1', stranger.token)).status).toBe(404)
  })

  it('is the history of insights, page by page, with cursors that nobody can alter or lend', async () => {
    await storeAnalysis()
    for (const id of ['i1', 'i2', 'i3'])
      await ingestion.records.insights.createOnce(person.userId, insight(id))
    const first = await get('/insights/history?limit=2')
    expect(first.body).toEqual({
      data: [insight('i3'), insight('i2')],
      pagination: { next_cursor: expect.any(String), page_size: 2 },
    })
    const cursor = first.body.pagination.next_cursor
    const second = await get(`/insights/history?limit=2&cursor=${cursor}`)
    expect(second.body).toEqual({ data: [insight('i1')], pagination: { next_cursor: null, page_size: 2 } })
    expect((await get(`/insights/history?cursor=x${cursor}`)).status).toBe(422)
    expect((await get(`/insights/history?cursor=${cursor}`, stranger.token)).status).toBe(422)
    for (const limit of ['0', '1001', 'x'])
      expect((await get(`/insights/history?limit=${limit}`)).status).toBe(422)
  })

  it.each([['/api/v1/health-data/health'], ['/api/v1/pat/health'], ['/api/v1/insights/status'], ['/ready']])(
    'is the state of the service at %s, without a token',
    async (path) => {
      const { status, body } = await ingestion.call('GET', path)
      expect(status).toBe(200)
      expect(body).toMatchObject({ status: 'ok', checks: { record_store: 'ok' } })
    },
  )
})
