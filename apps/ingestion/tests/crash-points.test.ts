import {
  type Answer,
  type Ingestion,
  type Person,
  ingestionOnLocalCloud,
} from './ingestion-on-local-cloud.ts'

describe('an upload that breaks half-way', () => {
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

  const send = (body: object): Promise<Answer> =>
    ingestion.call('POST', '/api/v1/health-data/upload', { token: person.token, body })
  const endState = async (id: string) => {
    const record = await ingestion.records.uploads.get(person.userId, id)
    return { status: record?.status, stage: record?.stage, published: record?.published_at !== null }
  }

  it.each([
    [
      'while the record is created',
      { service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED', times: 1 },
      500,
    ],
    ['before the object is stored', { service: 'storage', code: 403, times: 1 }, 503],
    [
      'while it is announced',
      { service: 'pubsub', method: 'Publish', code: 'PERMISSION_DENIED', times: 1 },
      503,
    ],
    [
      'after it is announced',
      { service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED', times: 1, after: 1 },
      500,
    ],
  ])('%s ends as one that did not, once it comes again', async (_, fault, status) => {
    expect((await ingestion.admin('POST', '/admin/faults', fault)).status).toBeLessThan(300)
    expect((await send({ a: 1 })).status).toBe(status)
    await ingestion.admin('DELETE', '/admin/faults')
    const repeat = await send({ a: 1 })
    expect(repeat.status).toBe(202)
    expect(await endState(repeat.body.upload_id)).toEqual({
      status: 'received',
      stage: 'stored',
      published: true,
    })
    const messages = await ingestion.messages(person.userId, 1)
    expect(new Set(messages.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    expect(await send({ a: 1 })).toMatchObject({ status: 200, body: { duplicate: true } })
  })

  it('says that trying again can help', async () => {
    await ingestion.admin('POST', '/admin/faults', {
      service: 'pubsub',
      method: 'Publish',
      code: 'PERMISSION_DENIED',
    })
    const { status, headers, body } = await send({ a: 1 })
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(body.type).toBe('https://clarity.health/problems/publish-failed')
  })

  it('goes on with duplicate: true when it comes again', async () => {
    await ingestion.admin('POST', '/admin/faults', { service: 'storage', code: 403, times: 1 })
    expect((await send({ a: 1 })).status).toBe(503)
    expect(await send({ a: 1 })).toMatchObject({ status: 202, body: { duplicate: true, status: 'received' } })
  })

  it('is announced again when it comes again after it failed', async () => {
    const { uploads } = ingestion.records
    const { body } = await send({ a: 1 })
    const at = new Date().toISOString()
    await uploads.fail(person.userId, body.upload_id, {
      at,
      error: { code: 'exhausted', title: 'Exhausted' },
    })
    expect(await send({ a: 1 })).toMatchObject({ status: 202, body: { duplicate: true, status: 'received' } })
    expect(await ingestion.messages(person.userId, 2)).toHaveLength(2)
    expect(await endState(body.upload_id)).toEqual({ status: 'received', stage: 'stored', published: true })
  })

  it('is stored and announced once for all when ten equal ones come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => send({ a: 1 })))
    expect(new Set(answers.map(({ body }) => body.upload_id)).size).toBe(1)
    expect(answers.filter(({ body }) => !body.duplicate)).toHaveLength(1)
    const generations = (await ingestion.messages(person.userId, 1)).map(({ data }) => data.generation)
    expect(new Set(generations).size).toBe(1)
  })
})
