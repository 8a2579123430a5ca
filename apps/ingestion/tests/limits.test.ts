import { type Ingestion, eventually, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

describe('the limits of time and number', () => {
  let ingestion: Ingestion
  let now = new Date('2026-03-01T23:59:59.000Z')
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud({
      environment: { AUTH_CALLS_PER_MINUTE: '2' },
      overrides: { now: () => now },
    })
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())

  it('put an object under its day of receipt, and free a key after thirty days', async () => {
    const { token, userId } = await ingestion.person()
    const send = (body: object) =>
      ingestion.call('POST', '/api/v1/health-data/upload', {
        token,
        headers: { 'idempotency-key': 'k' },
        body,
      })
    const first = await send({ a: 1 })
    expect(first.body.received_at).toBe('2026-03-01T23:59:59.000Z')
    const [message] = await ingestion.messages(userId, 1)
    expect(message?.data.object).toBe(`gs://clarity-raw/raw/${userId}/2026/03/01/${first.body.upload_id}`)
    expect((await send({ a: 2 })).status).toBe(409)
    now = new Date('2026-03-31T23:59:59.000Z')
    expect((await send({ a: 2 })).status).toBe(202)
  })

  it('end a session for which no bytes came in seven days, whoever looks, and take late ones up', async () => {
    const { token } = await ingestion.person()
    const get = async (path: string) =>
      (await ingestion.call('GET', `/api/v1/health-data/${path}`, { token })).body
    now = new Date('2026-04-01T00:00:00.000Z')
    const announced = { content_type: 'application/json', bytes: 8 }
    const path = '/api/v1/health-data/resumable-uploads'
    const { body } = await ingestion.call('POST', path, { token, body: announced })
    const processing = () => get(`processing/${body.upload_id}`)
    now = new Date(Date.parse(body.expires_at) - 1)
    expect(await processing()).toMatchObject({ status: 'received', error: null })
    now = new Date(body.expires_at)
    expect(now.toISOString()).toBe('2026-04-08T00:00:00.000Z')
    const expired = { status: 'failed', stage: 'received', error: { code: 'session_expired' } }
    expect((await get('uploads')).data).toMatchObject([expired])
    expect(await processing()).toMatchObject(expired)

    const sent = await fetch(body.session_url, { method: 'PUT', body: '{"a": 1}' })
    expect(sent.status).toBe(200)
    await eventually(async () => (await processing()).stage === 'stored')
    expect(await processing()).toMatchObject({ status: 'received', error: null })
  })

  it.each([
    ['login', { email: 'a@example.com', password: 'wrong' }],
    ['verify-email', { oob_code: 'made up' }],
    ['reset-password', { oob_code: 'made up', new_password: 'another horse' }],
  ])('answer 429 with Retry-After to too many calls of %s by one address', async (path, body) => {
    const answers = []
    for (let calls = 0; calls < 6; calls += 1) {
      answers.push(await ingestion.call('POST', `/api/v1/auth/${path}`, { body }))
    }
    const limited = answers.filter(({ status }) => status === 429)
    expect(limited.length).toBeGreaterThan(0)
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(limited[0]?.body.type).toBe('https://clarity.health/problems/rate-limited')
  })
})
