import type { Analysis } from '@clarity/contracts'
import { createServiceVerifier } from '@clarity/identity'
import { type Ingestion, type Person, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

const start = '2026-03-02T00:00:00+01:00'
const timezone = 'Europe/Berlin'
const counts = { start, timezone, activity: [0, 12, null] }
const steps = { timezone, samples: [{ start, end: start, steps: 12 }] }

let ingestion: Ingestion
let person: Person
beforeAll(async () => {
  ingestion = await ingestionOnLocalCloud()
  person = await ingestion.person()
})
afterAll(() => ingestion[Symbol.asyncDispose]())

const call = (method: string, path: string, body?: object | string) =>
  ingestion.call(method, `/api/v1${path}`, {
    token: person.token,
    ...(body !== undefined && { body }),
    ...(typeof body === 'string' && { headers: { 'content-type': 'application/json' } }),
  })
const post = (path: string, body: object | string) => call('POST', path, body)
const lastCall = () => ingestion.behind.calls.at(-1)

describe('a request for an analysis', () => {
  it.each([
    ['/pat/analyze', counts, 'activity_counts'],
    ['/pat/analyze-step-data', steps, 'steps'],
  ])('at %s is answered with what analysis makes of it', async (path, request, signal) => {
    ingestion.behind.answer('/internal/analyze', [200, { analysis_id: 'made' }])
    const answer = await post(path, { ...request, user_id: 'somebody else' })
    expect([answer.status, answer.body]).toEqual([200, { analysis_id: 'made' }])
    expect(lastCall()).toMatchObject({
      path: '/internal/analyze',
      body: { signal, user_id: person.userId, request },
    })
  })

  it('is made with a token for analysis of the account of ingestion', async () => {
    const verify = createServiceVerifier({
      certsUrl: ingestion.cloud.environment.PUSH_CERTS_URL as string,
      audience: ingestion.behind.url,
      serviceAccount: 'clarity-ingestion@demo-clarity.iam.gserviceaccount.com',
    })
    await post('/pat/analyze', counts)
    await expect(verify(lastCall()?.authorization)).resolves.toBeUndefined()
    expect(lastCall()?.authorization).not.toContain(person.token)
  })

  it.each([
    ['/pat/analyze', { ...counts, activity: [] }, 422],
    ['/pat/analyze', { ...counts, activity: [-1] }, 422],
    ['/pat/analyze', { ...counts, activity: Array(20_161).fill(1) }, 422],
    ['/pat/analyze', { ...counts, start: '1899-12-31T23:00:00Z' }, 422],
    ['/pat/analyze', `{"start":"${start}","timezone":"UTC","activity":[1e999]}`, 422],
    ['/pat/analyze', `{"start":"${start}","timezone":"UTC","activity":[NaN]}`, 400],
    ['/pat/analyze', `{"start":"${' '.repeat(4 * 1024 * 1024)}"}`, 413],
    ['/pat/analyze-step-data', { ...steps, samples: [] }, 422],
    [
      '/pat/analyze-step-data',
      { ...steps, samples: [{ start, end: '2026-03-01T00:00:00Z', steps: 1 }] },
      422,
    ],
  ])('at %s that cannot be meant is refused here', async (path, body, status) => {
    const asked = ingestion.behind.calls.length
    expect((await post(path, body)).status).toBe(status)
    expect(ingestion.behind.calls).toHaveLength(asked)
  })

  it('may hold 20160 minutes with all digits', async () => {
    const activity = Array.from({ length: 20_160 }, (_, minute) => minute + 1 / 3)
    expect((await post('/pat/analyze', { ...counts, activity })).status).toBe(200)
    const samples = Array.from({ length: 20_160 }, () => ({ start, end: start, steps: 100 / 3 }))
    expect((await post('/pat/analyze-step-data', { timezone, samples })).status).toBe(200)
  })

  it('that analysis refuses tells its field, and that it cannot make tells when to come again', async () => {
    const problem = {
      type: 'https://clarity.health/problems/no-usable-sample',
      title: 'Invalid request',
      status: 422,
      detail: 'No sample is plausible.',
      instance: '/internal/analyze',
      trace_id: null,
      errors: [{ path: 'samples', reason: 'no sample is plausible' }],
    }
    ingestion.behind.answer('/internal/analyze', [422, problem])
    const refused = await post('/pat/analyze-step-data', steps)
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { type: problem.type, instance: '/api/v1/pat/analyze-step-data', errors: problem.errors },
    ])
    for (const status of [500, 503, 401, 403]) {
      ingestion.behind.answer('/internal/analyze', [status, { secret: 'of a vendor' }])
      const answer = await post('/pat/analyze', counts)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10'])
      expect(JSON.stringify(answer.body)).not.toContain('vendor')
    }
  })
})

it('the health routes ask what is behind once, however many ask them', async () => {
  const asked = ingestion.behind.calls.length
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => ingestion.call('GET', '/api/v1/pat/health')),
  )
  answers.push(await ingestion.call('GET', '/api/v1/pat/health'))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(ingestion.behind.calls.slice(asked).map(({ path }) => path)).toEqual(['/ready'])
})

describe('where the private services are down', () => {
  let alone: Ingestion
  let somebody: Person
  beforeAll(async () => {
    const nobody = 'http://127.0.0.1:1'
    alone = await ingestionOnLocalCloud({ environment: { ANALYSIS_URL: nobody, INSIGHT_URL: nobody } })
    somebody = await alone.person()
  })
  afterAll(() => alone[Symbol.asyncDispose]())

  it.each([
    ['POST', '/pat/analyze', counts],
    ['POST', '/pat/analyze-step-data', steps],
    ['GET', '/pat/models/info', undefined],
    ['POST', '/insights/generate', { analysis_id: 'an1' }],
  ])('%s %s is unavailable, with Retry-After', async (method, path, body) => {
    const answer = await alone.call(method, `/api/v1${path}`, {
      token: somebody.token,
      ...(body && { body }),
    })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10'])
  })

  it('the health routes say which, and ingestion stays ready', async () => {
    expect((await alone.call('GET', '/api/v1/pat/health')).body).toMatchObject({
      status: 'unavailable',
      checks: { record_store: 'ok', analysis: 'unavailable' },
    })
    expect((await alone.call('GET', '/api/v1/insights/status')).body).toMatchObject({
      checks: { insight: 'unavailable' },
    })
    expect((await alone.call('GET', '/ready')).status).toBe(200)
  })
})

describe('a request for an insight', () => {
  it('is answered with the insight that is there', async () => {
    ingestion.behind.answer('/internal/insights?wait=false', [200, { insight_id: 'ins_1' }])
    const wanted = { analysis_id: 'an1', language: 'en', context: 'Late shifts.', insight_type: 'sleep' }
    const answer = await post('/insights/generate', wanted)
    expect([answer.status, answer.body]).toEqual([200, { insight_id: 'ins_1' }])
    expect(lastCall()?.body).toEqual({ ...wanted, user_id: person.userId })
  })

  it('waits for one that is quickly made', async () => {
    ingestion.behind.answer('/internal/insights?wait=false', [
      202,
      { insight_id: 'ins_2', status: 'pending' },
    ])
    ingestion.behind.answer('/internal/insights', [200, { insight_id: 'ins_2', narrative: 'Made.' }])
    const answer = await post('/insights/generate', { analysis_id: 'an1' })
    expect([answer.status, answer.body]).toEqual([200, { insight_id: 'ins_2', narrative: 'Made.' }])
  })

  it('is answered with the id of one that takes long', async () => {
    const made = Promise.withResolvers<void>()
    ingestion.behind.answer('/internal/insights', async () => {
      await made.promise
      return [200, {}]
    })
    const answer = await post('/insights/generate', { analysis_id: 'an1' })
    expect([answer.status, answer.body]).toEqual([202, { insight_id: 'ins_2', status: 'pending' }])
    made.resolve()
  }, 20_000)

  it.each([
    [{}, 422],
    [{ analysis_id: 'an1', language: 'fr' }, 422],
    [{ analysis_id: 'an1', insight_type: 'horoscope' }, 422],
  ])('%j is refused', async (wanted, status) => {
    expect((await post('/insights/generate', wanted)).status).toBe(status)
  })
})

describe('the list of analyses', () => {
  it('is read page by page, newest first, each person their own', async () => {
    const { analyses } = ingestion.records
    const common = { user_id: person.userId, digest: 'd', upload_ids: [] as string[] }
    for (const day of [1, 2, 3])
      await analyses.createOnce({
        ...common,
        analysis_id: `an${day}`,
        created_at: `2026-03-0${day}T00:00:00.000Z`,
      } as unknown as Analysis)
    const ids = ({ body }: { body: { data: Analysis[] } }) => body.data.map(({ analysis_id }) => analysis_id)
    const first = await call('GET', '/pat/analyses?limit=2')
    expect([ids(first), first.body.pagination.page_size]).toEqual([['an3', 'an2'], 2])
    const cursor = first.body.pagination.next_cursor as string
    const second = await call('GET', `/pat/analyses?limit=2&cursor=${cursor}`)
    expect([ids(second), second.body.pagination.next_cursor]).toEqual([['an1'], null])
    expect((await call('GET', `/health-data/uploads?cursor=${cursor}`)).status).toBe(422)
    const stranger = await ingestion.person()
    const theirs = await ingestion.call('GET', '/api/v1/pat/analyses', { token: stranger.token })
    expect(theirs.body.data).toEqual([])
  })

  it('tells nothing of the model that analysis does not tell', async () => {
    ingestion.behind.answer('/internal/model', [200, { name: 'pat-s' }])
    expect(await call('GET', '/pat/models/info')).toMatchObject({ status: 200, body: { name: 'pat-s' } })
  })
})
