import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { createGcsRawStore } from '@clarity/raw-store'
import { RAW_BUCKET } from '@clarity/testkit'
import {
  type Answer,
  type Ingestion,
  type Person,
  ingestionOnLocalCloud,
  projectId,
} from './ingestion-on-local-cloud.ts'

const path = '/api/v1/health-data/upload'
const json = { 'content-type': 'application/json' }
const problem = (slug: string): string => `https://clarity.health/problems/${slug}`

/** Made before anything listens: it keeps this process busy for longer than a kept connection lives. */
const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, 0x5b))

describe('POST /health-data/upload', () => {
  let ingestion: Ingestion
  let person: Person
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())
  beforeEach(async () => {
    person = await ingestion.person()
  })

  const send = (body: Buffer | string, headers: Record<string, string> = {}): Promise<Answer> =>
    ingestion.call('POST', path, {
      token: person.token,
      headers: { ...json, ...headers },
      body,
    })

  it('answers 202 and announces what it stored', async () => {
    const { status, body, headers } = await send('{"user_id":"somebody else"}', {
      'x-timezone': 'Europe/Berlin',
      'x-request-id': 'request-1',
    })
    const id = body.upload_id
    expect(status).toBe(202)
    expect(headers.get('x-request-id')).toBe('request-1')
    expect(body).toEqual({
      upload_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      processing_id: id,
      status: 'received',
      duplicate: false,
      format: 'json',
      bytes: 27,
      received_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      warnings: [],
      links: {
        status: `/api/v1/health-data/processing/${id}`,
        events: `/api/v1/health-data/processing/${id}/events`,
      },
    })
    const [message] = await ingestion.messages(person.userId, 1)
    expect(message).toMatchObject({
      data: {
        schema_version: 1,
        upload_id: id,
        user_id: person.userId,
        object: expect.stringMatching(
          new RegExp(`^gs://clarity-raw/raw/${person.userId}/\\d{4}/\\d\\d/\\d\\d/${id}$`),
        ),
        generation: expect.stringMatching(/^\d+$/),
        format: 'json',
        timezone: 'Europe/Berlin',
        received_at: body.received_at,
      },
      attributes: { event_type: 'upload.received', schema_version: '1', upload_id: id },
      orderingKey: person.userId,
    })
  })

  it('stores gzip as it came, with container and hash', async () => {
    const bytes = gzipSync('{"a":1}\n{"a":2}\n')
    const { body } = await send(bytes, { 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' })
    expect(body).toMatchObject({ format: 'ndjson', bytes: bytes.length })
    const [message] = await ingestion.messages(person.userId, 1)
    const store = createGcsRawStore({ projectId, bucket: RAW_BUCKET })
    const stored = await store.open({
      path: String(message?.data.object).replace('gs://clarity-raw/', ''),
      generation: String(message?.data.generation),
    })
    expect(stored).toMatchObject({ contentType: 'application/x-ndjson', contentEncoding: 'gzip' })
    expect(await buffer(stored.stream)).toEqual(bytes)
    const record = await ingestion.records.uploads.get(person.userId, body.upload_id)
    expect(record).toMatchObject({
      body_sha256: createHash('sha256').update('{"a":1}\n{"a":2}\n').digest('hex'),
      generation: message?.data.generation,
      stage: 'stored',
      published_at: expect.any(String),
    })
  })

  it('answers 200 with the same id to the same decoded bytes, and announces nothing', async () => {
    const first = await send('{"a":1}')
    const again = await send(gzipSync('{"a":1}'), { 'content-encoding': 'gzip' })
    expect(again.status).toBe(200)
    expect(again.body).toMatchObject({ upload_id: first.body.upload_id, duplicate: true, bytes: 7 })
    const other = await send('{"a":2}')
    expect(other.body.upload_id).not.toBe(first.body.upload_id)
    const messages = await ingestion.messages(person.userId, 2)
    expect(messages.map(({ data }) => data.upload_id)).toEqual([first.body.upload_id, other.body.upload_id])
  })

  it('gives the same bytes of another person another id', async () => {
    const first = await send('{"a":1}')
    person = await ingestion.person()
    const second = await send('{"a":1}')
    expect(second.status).toBe(202)
    expect(second.body.upload_id).not.toBe(first.body.upload_id)
  })

  it('refuses a key that came with other bytes, and stores nothing of them', async () => {
    const first = await send('{"a":1}', { 'idempotency-key': 'k' })
    const reused = await send('{"a":2}', { 'idempotency-key': 'k' })
    expect(reused.status).toBe(409)
    expect(reused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(reused.body).toMatchObject({ type: problem('idempotency-key-reused'), status: 409 })
    expect((await send('{"a":1}', { 'idempotency-key': 'k' })).body.upload_id).toBe(first.body.upload_id)
    expect((await send('{"a":2}')).status).toBe(202)
  })

  it('takes the zone of the settings where the header names none, and warns of a bad header', async () => {
    await ingestion.call('PUT', '/api/v1/auth/me', { token: person.token, body: { timezone: 'Asia/Tokyo' } })
    const { body } = await send('{"a":1}', { 'x-timezone': 'Mars/Olympus' })
    expect(body.warnings).toEqual(['X-Timezone names no IANA time zone and was ignored.'])
    const [message] = await ingestion.messages(person.userId, 1)
    expect(message?.data.timezone).toBe('Asia/Tokyo')
  })

  interface Refusal {
    readonly body: Buffer | string
    readonly headers?: Record<string, string>
    readonly status: number
    readonly slug: string
  }
  const gzip = { 'content-encoding': 'gzip' }
  const empty = { status: 400, slug: 'empty-body' }
  const brokenGzip = { headers: gzip, status: 400, slug: 'broken-gzip' }
  const notHealthData = { status: 400, slug: 'not-health-data' }

  it.each<[string, Refusal]>([
    ['an empty body', { body: '', ...empty }],
    ['empty gzip', { body: gzipSync(''), headers: gzip, ...empty }],
    ['broken gzip', { body: gzipSync('{"a":1}').subarray(0, 12), ...brokenGzip }],
    ['what is no gzip at all', { body: '{"a":1}', ...brokenGzip }],
    ['gzip that is not declared', { body: gzipSync('{"a":1}'), ...notHealthData }],
    ['plain words', { body: 'hello', ...notHealthData }],
    ['65537 blanks before the start', { body: `${' '.repeat(65_537)}{}`, ...notHealthData }],
    [
      'a wrong type',
      { body: '{}', headers: { 'content-type': 'text/plain' }, status: 415, slug: 'unsupported-media-type' },
    ],
    [
      'a wrong encoding',
      {
        body: '{}',
        headers: { 'content-encoding': 'br' },
        status: 415,
        slug: 'unsupported-content-encoding',
      },
    ],
    [
      'a key of 256 characters',
      { body: '{}', headers: { 'idempotency-key': 'k'.repeat(256) }, status: 422, slug: 'invalid' },
    ],
  ])('refuses %s and stores nothing', async (_, { body, headers, status, slug }) => {
    const answer = await send(body, headers)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ type: problem(slug), status, instance: path })
    expect((await send('{"next":true}')).status).toBe(202)
    expect(await ingestion.messages(person.userId, 1)).toHaveLength(1)
  })

  it('refuses 32 MiB and one byte on the wire, naming the limit', async () => {
    const answer = await send(`{${' '.repeat(32 * 1024 * 1024)}`)
    expect(answer.status).toBe(413)
    expect(answer.body).toMatchObject({
      type: problem('body-too-large'),
      detail: 'An upload may have 32 MiB (33554432 bytes) on the wire.',
    })
  })

  it('stops a bomb at 256 MiB, naming the limit', async () => {
    const answer = await send(bomb, { 'content-encoding': 'gzip' })
    expect(answer.status).toBe(413)
    expect(answer.body.detail).toBe('An upload may have 256 MiB (268435456 bytes) decompressed.')
  })

  it('takes a byte-order mark, XML and zip', async () => {
    const bom = await send(`\ufeff${' '.repeat(100)}{"a":1}`)
    const xml = await send('<?xml version="1.0"?><HealthData/>', { 'content-type': 'text/xml' })
    const zip = await send(Buffer.from('PK\x03\x04....'), { 'content-type': 'application/zip' })
    expect([bom, xml, zip].map(({ body }) => body.format)).toEqual(['json', 'xml', 'zip'])
  })
})
