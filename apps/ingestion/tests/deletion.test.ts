import {
  type Answer,
  type Ingestion,
  type Person,
  eventually,
  ingestionOnLocalCloud,
} from './ingestion-on-local-cloud.ts'

let ingestion: Ingestion
let person: Person
beforeAll(async () => {
  ingestion = await ingestionOnLocalCloud()
})
afterAll(() => ingestion[Symbol.asyncDispose]())
beforeEach(async () => {
  person = await ingestion.person()
})
afterEach(() => ingestion.admin('DELETE', '/admin/faults'))

const call = (method: string, path: string, token = person.token): Promise<Answer> =>
  ingestion.call(method, `/api/v1${path}`, { token })
const send = async (body: object): Promise<string> =>
  (await ingestion.call('POST', '/api/v1/health-data/upload', { token: person.token, body })).body.upload_id
const inject = (fault: object): Promise<Answer> => ingestion.admin('POST', '/admin/faults', fault)
const failing = { code: 'PERMISSION_DENIED', times: 1 }

describe('DELETE /health-data/{upload_id}', () => {
  it('takes the upload and its processing away at once and tells analysis what to remove', async () => {
    const id = await send({ a: 1 })
    expect((await call('DELETE', `/health-data/${id}`)).status).toBe(204)
    expect((await call('GET', `/health-data/processing/${id}`)).status).toBe(404)
    expect((await call('GET', `/health-data/processing/${id}/events`)).status).toBe(404)
    expect((await call('DELETE', `/health-data/${id}`)).status).toBe(404)
    const [received, deleted] = await ingestion.messages(person.userId, 2)
    expect(deleted).toMatchObject({
      attributes: { event_type: 'upload.deleted', schema_version: '1', upload_id: id },
      orderingKey: person.userId,
    })
    const { object, generation } = received!.data
    expect(deleted?.data).toEqual({
      schema_version: 1,
      user_id: person.userId,
      upload_id: id,
      object,
      generation,
    })
  })

  it('lets the same bytes come again as a new upload, as often as they are deleted', async () => {
    const ids: string[] = []
    for (let times = 0; times < 3; times += 1) {
      const id = await send({ again: 1 })
      ids.push(id)
      await call('DELETE', `/health-data/${id}`)
    }
    expect(new Set(ids).size).toBe(3)
    const objects = (await ingestion.messages(person.userId, 6)).map(({ data }) => data.object)
    expect(new Set(objects).size).toBe(3)
  })

  it('is 404 for what is not the own upload or none at all, and changes nothing', async () => {
    const id = await send({ mine: 1 })
    const stranger = await ingestion.person()
    expect((await call('DELETE', `/health-data/${id}`, stranger.token)).status).toBe(404)
    expect((await call('DELETE', '/health-data/no-such-upload')).status).toBe(404)
    expect((await call('DELETE', '/health-data/..%2Fuploads')).status).toBe(404)
    expect((await call('GET', `/health-data/processing/${id}`)).status).toBe(200)
    expect((await ingestion.call('DELETE', `/api/v1/health-data/${id}`)).status).toBe(401)
  })

  it.each([
    ['while it is noted', { service: 'firestore', method: 'Commit', ...failing }, 500],
    ['while it is announced', { service: 'pubsub', method: 'Publish', ...failing }, 503],
    ['after it is announced', { service: 'firestore', method: 'Commit', ...failing, after: 1 }, 500],
  ])('that breaks %s goes on when it is asked again', async (_title, fault, status) => {
    const id = await send({ b: 1 })
    await inject(fault)
    expect((await call('DELETE', `/health-data/${id}`)).status).toBe(status)
    expect((await call('DELETE', `/health-data/${id}`)).status).toBe(204)
    expect((await call('DELETE', `/health-data/${id}`)).status).toBe(404)
    const messages = await ingestion.messages(person.userId, 2)
    expect(messages.at(-1)?.attributes.event_type).toBe('upload.deleted')
    expect(await send({ b: 1 })).not.toBe(id)
  })

  it('while the bytes come has them removed as well', async () => {
    const { deletions } = ingestion.records
    const body = { late: 1 }
    await inject({ service: 'storage', latency_ms: 4000, times: 1 })
    const sending = ingestion.call('POST', '/api/v1/health-data/upload', { token: person.token, body })
    const uploadId = async () =>
      (await ingestion.records.uploads.list(person.userId, { limit: 1 })).data[0]?.upload_id
    await eventually(async () => (await uploadId()) !== undefined)
    const id = (await uploadId())!
    await deletions.begin(person.userId, id, new Date().toISOString())
    expect((await sending).status).toBe(404)
    const [, last] = await ingestion.messages(person.userId, 2)
    expect(last).toMatchObject({
      attributes: { event_type: 'upload.deleted' },
      data: { upload_id: id, generation: expect.stringMatching(/^\d+$/) as string },
    })
  })
})

describe('DELETE /auth/me', () => {
  it('is accepted, and from then on nobody signs in as that person', async () => {
    await send({ a: 1 })
    expect(await call('DELETE', '/auth/me')).toMatchObject({ status: 202, body: { status: 'erasing' } })
    const messages = await ingestion.messages(person.userId, 2)
    expect(messages[1]).toMatchObject({
      attributes: { event_type: 'user.erased', schema_version: '1' },
      data: { schema_version: 1, user_id: person.userId },
    })
    const { email, password, refreshToken } = person
    const asked = await Promise.all([
      call('GET', '/auth/me'),
      call('DELETE', '/auth/me'),
      call('GET', '/health-data/uploads'),
      ingestion.call('POST', '/api/v1/auth/login', { body: { email, password } }),
      ingestion.call('POST', '/api/v1/auth/refresh', { body: { refresh_token: refreshToken } }),
    ])
    expect(asked.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
  })

  it('asked by somebody whose account still stands goes on where it broke', async () => {
    await inject({ service: 'auth', method: 'delete', code: 503, times: 1 })
    await inject({ service: 'pubsub', method: 'Publish', ...failing })
    expect((await call('DELETE', '/auth/me')).status).toBe(503)
    await ingestion.admin('DELETE', '/admin/faults')
    const upload = await ingestion.call('POST', '/api/v1/health-data/upload', {
      token: person.token,
      body: { a: 1 },
    })
    expect(upload).toMatchObject({
      status: 401,
      body: { type: 'https://clarity.health/problems/account-erased' },
    })
    const settings = { token: person.token, body: { timezone: 'Europe/Berlin' } }
    expect((await ingestion.call('PUT', '/api/v1/auth/me', settings)).status).toBe(401)
    expect((await call('DELETE', '/auth/me')).status).toBe(202)
    expect((await call('GET', '/auth/me')).status).toBe(401)
  })
})
