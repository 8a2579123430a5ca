import { type Ingestion, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

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
