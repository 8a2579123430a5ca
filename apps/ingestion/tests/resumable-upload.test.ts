import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type Ingestion, type Person, eventually, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

const QUANTUM = 256 * 1024

describe('a resumable upload', () => {
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

  const announce = (body: object, headers: Record<string, string> = {}) =>
    ingestion.call('POST', '/api/v1/health-data/resumable-uploads', { token: person.token, body, headers })
  const put = async (url: string, bytes: Buffer, range?: string) => {
    const answer = await fetch(url, {
      method: 'PUT',
      body: new Uint8Array(bytes),
      headers: range === undefined ? {} : { 'content-range': range },
    })
    await answer.text()
    return answer
  }
  const processing = async (id: string) =>
    (await ingestion.call('GET', `/api/v1/health-data/processing/${id}`, { token: person.token })).body
  /** Sends bytes in one piece and resolves with the upload's processing once that says so. */
  const send = async (bytes: Buffer, isThere: (body: Record<string, unknown>) => boolean, announced = {}) => {
    const { body } = await announce({ content_type: 'application/json', bytes: bytes.length, ...announced })
    await put(body.session_url, bytes)
    await eventually(async () => isThere(await processing(body.upload_id)))
    return { id: body.upload_id as string, record: await processing(body.upload_id) }
  }
  const stored = ({ stage }: Record<string, unknown>): boolean => stage === 'stored'
  const failed = ({ status }: Record<string, unknown>): boolean => status === 'failed'
  const json = (text: string): Buffer => Buffer.from(JSON.stringify({ of: person.userId, text }))

  it('is sent in chunks over an interruption, looked at once, and announced to analysis', async () => {
    const bytes = Buffer.from(JSON.stringify({ values: Array.from({ length: 60_000 }, (_, i) => i * 7919) }))
    const { status, body } = await announce(
      { content_type: 'application/json', bytes: bytes.length },
      { 'x-timezone': 'Asia/Tokyo' },
    )
    expect(status).toBe(201)
    expect(body).toEqual({
      upload_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      session_url: expect.stringContaining('upload_id='),
      expires_at: expect.any(String),
    })
    expect(Date.parse(body.expires_at) - Date.now()).toBeGreaterThan(6 * 86_400_000)
    expect(await processing(body.upload_id)).toMatchObject({ status: 'received', stage: 'received' })

    const first = await put(
      body.session_url,
      bytes.subarray(0, QUANTUM),
      `bytes 0-${QUANTUM - 1}/${bytes.length}`,
    )
    expect(first.status).toBe(308)
    // The connection breaks: the client asks how far it has come.
    const asked = await put(body.session_url, Buffer.alloc(0), `bytes */${bytes.length}`)
    expect([asked.status, asked.headers.get('range')]).toEqual([308, `bytes=0-${QUANTUM - 1}`])
    const rest = await put(
      body.session_url,
      bytes.subarray(QUANTUM),
      `bytes ${QUANTUM}-${bytes.length - 1}/${bytes.length}`,
    )
    expect(rest.status).toBe(200)

    const [message] = await ingestion.messages(person.userId, 1)
    expect(message?.attributes).toMatchObject({ event_type: 'upload.received', upload_id: body.upload_id })
    expect(message?.data).toEqual({
      schema_version: 1,
      upload_id: body.upload_id,
      user_id: person.userId,
      object: `gs://clarity-raw/incoming/${person.userId}/${body.upload_id}`,
      generation: expect.stringMatching(/^\d+$/),
      format: 'json',
      timezone: 'Asia/Tokyo',
      received_at: expect.any(String),
    })
    await eventually(async () => {
      const record = await ingestion.records.uploads.get(person.userId, body.upload_id)
      return record?.published_at !== null
    })
    expect(await ingestion.records.uploads.get(person.userId, body.upload_id)).toMatchObject({
      status: 'received',
      stage: 'stored',
      bytes: bytes.length,
      decoded_bytes: bytes.length,
      format: 'json',
    })
  })

  it('of gzip is looked at inside, whether said to be gzip or not', async () => {
    for (const announced of [{ content_encoding: 'gzip' }, {}]) {
      const inside = json(JSON.stringify(announced))
      const { id } = await send(gzipSync(inside), stored, announced)
      expect(await ingestion.records.uploads.get(person.userId, id)).toMatchObject({
        content_encoding: 'gzip',
        decoded_bytes: inside.length,
        format: 'json',
      })
    }
  })

  it('of bytes that are known ends completed, naming the upload that brought them', async () => {
    const bytes = json('known')
    const direct = await ingestion.call('POST', '/api/v1/health-data/upload', {
      token: person.token,
      headers: { 'content-type': 'application/json' },
      body: bytes,
    })
    const completed = ({ status }: Record<string, unknown>): boolean => status === 'completed'
    const { record } = await send(gzipSync(bytes), completed)
    expect(record).toMatchObject({ duplicate_of: direct.body.upload_id, analysis_id: null, progress: 1 })
    expect(await ingestion.messages(person.userId, 1)).toHaveLength(1)
    const { record: again } = await send(bytes, completed)
    expect(again.duplicate_of).toBe(direct.body.upload_id)
  })

  it.each([
    ['no container', Buffer.from('hello'), 'not-health-data'],
    ['broken gzip', gzipSync('{"a":1}'.repeat(100)).subarray(0, 30), 'broken-gzip'],
  ])('of %s ends failed, saying why', async (_, bytes, code) => {
    const { record } = await send(bytes, failed)
    expect(record.error.code).toBe(code)
  })

  it('goes on where it stopped when a step failed', async () => {
    for (const fault of [
      { service: 'storage', method: 'objects.get', code: 503, times: 3 },
      { service: 'firestore', method: 'Commit', code: 'UNAVAILABLE', times: 2, after: 1 },
      { service: 'pubsub', method: 'Publish', code: 'PERMISSION_DENIED', times: 1 },
    ]) {
      const { body } = await announce({ content_type: 'application/json', bytes: 100 })
      await ingestion.admin('POST', '/admin/faults', fault)
      await put(body.session_url, json(randomUUID()))
      await eventually(
        async () =>
          (await ingestion.records.uploads.get(person.userId, body.upload_id))?.published_at !== null,
      )
    }
    const announced = (await ingestion.messages(person.userId, 3)).map(
      ({ attributes }) => attributes.upload_id,
    )
    expect(new Set(announced).size).toBe(3)
  })

  it('is taken up once, however often Cloud Storage tells of it', async () => {
    const { id } = await send(json('once'), stored)
    await ingestion.messages(person.userId, 1)
    await eventually(
      async () => (await ingestion.records.uploads.get(person.userId, id))?.published_at !== null,
    )
    const record = await ingestion.records.uploads.get(person.userId, id)
    const generation = record?.generation
    for (const eventType of ['OBJECT_FINALIZE', 'OBJECT_FINALIZE', 'OBJECT_DELETE']) {
      expect(
        (await pushFinalized({ path: record!.object_path, generation: generation! }, eventType)).status,
      ).toBe(204)
    }
    expect(await ingestion.records.uploads.get(person.userId, id)).toEqual(record)
    expect(await ingestion.messages(person.userId, 1)).toHaveLength(1)
  })

  it('whose record is gone leaves no bytes: analysis is told to delete them', async () => {
    const uploadId = randomUUID()
    const path = `incoming/${person.userId}/${uploadId}`
    expect((await pushFinalized({ path, generation: '17' })).status).toBe(204)
    const [message] = await ingestion.messages(person.userId, 1)
    expect(message).toMatchObject({
      attributes: { event_type: 'upload.deleted', upload_id: uploadId },
      data: {
        object: `gs://clarity-raw/${path}`,
        generation: '17',
        upload_id: uploadId,
        user_id: person.userId,
      },
    })
    expect((await pushFinalized({ path: 'incoming/nobody', generation: '17' })).status).toBe(204)
  })

  it('tells of an object only with the token of its subscription', async () => {
    const path = `incoming/${person.userId}/x`
    expect((await pushFinalized({ path, generation: '1' }, 'OBJECT_FINALIZE', {})).status).toBe(401)
    const foreign = { email: 'somebody@example.com' }
    expect((await pushFinalized({ path, generation: '1' }, 'OBJECT_FINALIZE', foreign)).status).toBe(403)
  })

  it('that could not be taken up ends failed with the last attempt, until its message is replayed', async () => {
    const { body } = await announce({ content_type: 'application/json', bytes: 100 })
    await ingestion.admin('POST', '/admin/faults', {
      service: 'push',
      method: 'raw-upload-finalized-push',
      code: 503,
      times: 99,
    })
    const sent = await fetch(body.session_url, { method: 'PUT', body: new Uint8Array(json('late')) })
    const { generation } = (await sent.json()) as { generation: string }
    const told = { path: `incoming/${person.userId}/${body.upload_id}`, generation }
    const broken = { service: 'storage', method: 'objects.get', code: 503, times: 99 }
    await ingestion.admin('POST', '/admin/faults', broken)
    expect((await pushFinalized({ ...told, deliveryAttempt: 5 })).status).toBe(503)
    expect(await processing(body.upload_id)).toMatchObject({
      status: 'failed',
      error: { code: 'exhausted' },
    })
    await ingestion.admin('DELETE', '/admin/faults')
    expect((await pushFinalized(told)).status).toBe(204)
    expect(await processing(body.upload_id)).toMatchObject({
      status: 'received',
      stage: 'stored',
      error: null,
    })
  })

  it.each([
    [{ content_type: 'application/json', bytes: 0 }, 'bytes'],
    [{ content_type: 'application/json', bytes: 5 * 1024 ** 3 + 1 }, 'bytes'],
    [{ content_type: 'application/json', bytes: 1.5 }, 'bytes'],
    [{ content_type: 'text/html', bytes: 1 }, 'content_type'],
    [{ bytes: 1 }, 'content_type'],
    [{ content_type: 'application/json', bytes: 1, content_encoding: 'br' }, 'content_encoding'],
  ])('is refused for %j', async (body, path) => {
    const answer = await announce(body)
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, path])
  })

  it('is not announced while Cloud Storage gives no session', async () => {
    await ingestion.admin('POST', '/admin/faults', {
      service: 'storage',
      method: 'objects.insert',
      code: 503,
      times: 9,
    })
    expect((await announce({ content_type: 'application/json', bytes: 1 })).status).toBe(503)
    const { body } = await ingestion.call('GET', '/api/v1/health-data/uploads', { token: person.token })
    expect(body.data).toEqual([])
  })

  /** What Cloud Storage would say, with the token that its subscription sends, or another one. */
  async function pushFinalized(
    { path, generation, deliveryAttempt }: { path: string; generation: string; deliveryAttempt?: number },
    eventType = 'OBJECT_FINALIZE',
    claims?: Record<string, unknown>,
  ) {
    const token = claims && Object.keys(claims).length === 0 ? undefined : await pushToken(claims)
    const data = { name: path, bucket: 'clarity-raw', generation, size: '10' }
    return ingestion.call('POST', '/push/raw-upload-finalized', {
      ...(token !== undefined && { token }),
      body: {
        message: {
          messageId: '1',
          data: Buffer.from(JSON.stringify(data)).toString('base64'),
          attributes: { eventType, objectId: path, payloadFormat: 'JSON_API_V1' },
        },
        subscription: 'projects/demo-clarity/subscriptions/raw-upload-finalized-push',
        ...(deliveryAttempt !== undefined && { deliveryAttempt }),
      },
    })
  }

  async function pushToken(claims: object = {}): Promise<string> {
    const { body } = await ingestion.admin('POST', '/admin/tokens', {
      kind: 'push',
      key: 'good',
      claims: { aud: 'https://ingestion.test', email: 'push-ingestion@example.com', ...claims },
    })
    return body.token
  }
})
