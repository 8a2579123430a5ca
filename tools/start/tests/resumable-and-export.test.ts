import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type System, startSystem } from '@clarity/testkit'
import type { Outcome } from '../src/api-client.ts'
import { demoUpload } from '../src/demo/demo-upload.ts'
import { smallBody } from './small-body.ts'
import { orphansOf, spansOf } from './trace.ts'
import { newPerson, uploadAndFollow } from './uploads.ts'

const QUANTUM = 256 * 1024
const PATIENCE_MS = 110_000
const ZONE = 'Europe/Berlin'

type Person = Awaited<ReturnType<typeof newPerson>>
type Line = Readonly<Record<string, unknown>>

/** A fortnight, and samples that are implausible, of an unknown type, typed in, repeated and deleted. */
function body(): Buffer {
  const upload = demoUpload({ now: Date.parse('2026-05-20T21:30:00Z'), timezone: ZONE })
  const [first, second] = upload.quantity_samples
  const odd = (uuid: string, change: object) => ({ ...first, uuid, ...change })
  const quantity_samples = [
    ...upload.quantity_samples,
    odd('00000000-0000-4000-8000-000000000001', { value: -5 }),
    odd('00000000-0000-4000-8000-000000000002', {
      identifier: 'HKQuantityTypeIdentifierOfTomorrow',
      type: 'x',
    }),
    odd('00000000-0000-4000-8000-000000000003', { metadata: { HKWasUserEntered: true }, value: 71 }),
    odd('00000000-0000-4000-8000-000000000004', {}),
    { ...second, value: Number(second?.value) + 1 },
  ]
  return Buffer.from(JSON.stringify({ ...upload, quantity_samples }))
}

describe('a large upload and an export', () => {
  let system: System
  let api: string
  let person: Person
  const bytes = body()

  beforeAll(async () => {
    system = await startSystem()
    api = `${system.services.ingestion.url}/api/v1/health-data`
    person = await newPerson(system)
  }, 60_000)
  afterAll(() => system[Symbol.asyncDispose]())

  const announce = async (headers: Record<string, string>) => {
    const answer = await fetch(`${api}/resumable-uploads`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${person.token}`,
        'content-type': 'application/json',
        'x-timezone': ZONE,
        ...headers,
      },
      body: JSON.stringify({ content_type: 'application/json', bytes: bytes.length }),
    })
    expect(answer.status).toBe(201)
    return (await answer.json()) as { upload_id: string; session_url: string }
  }
  const put = async (url: string, chunk: Uint8Array, range: string): Promise<Response> => {
    const answer = await fetch(url, {
      method: 'PUT',
      headers: { 'content-range': range },
      body: new Uint8Array(chunk),
    })
    await answer.text()
    return answer
  }
  const follow = (who: Person, uploadId: string): Promise<Outcome> =>
    who.follow(uploadId, AbortSignal.timeout(PATIENCE_MS))
  const exportOf = async (who: Person): Promise<{ text: string; lines: Line[] }> => {
    const answer = await fetch(`${api}/export`, { headers: { authorization: `Bearer ${who.token}` } })
    const text = await answer.text()
    return {
      text,
      lines: text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Line),
    }
  }
  const samplesOf = (lines: readonly Line[]): Line[] =>
    lines.filter(({ kind }) => kind === 'sample').map(({ upload_id: _, ...line }) => line)

  let uploadId: string

  it('sent in chunks over an interruption becomes an insight, in one trace from the request for its session', async () => {
    const traceId = randomBytes(16).toString('hex')
    const clientSpan = randomBytes(8).toString('hex')
    const session = await announce({ traceparent: `00-${traceId}-${clientSpan}-01` })
    uploadId = session.upload_id
    const total = bytes.length
    const kept = 4 * QUANTUM
    expect(
      (await put(session.session_url, bytes.subarray(0, kept), `bytes 0-${kept - 1}/${total}`)).status,
    ).toBe(308)
    const asked = await put(session.session_url, Buffer.alloc(0), `bytes */${total}`)
    expect(asked.headers.get('range')).toBe(`bytes=0-${kept - 1}`)
    const rest = await put(session.session_url, bytes.subarray(kept), `bytes ${kept}-${total - 1}/${total}`)
    expect(rest.status).toBe(200)

    const { processing, insight } = await follow(person, uploadId)
    expect(processing).toMatchObject({ status: 'completed', shape: 'raw_envelope', trace_id: traceId })
    expect(insight?.narrative).toEqual(expect.any(String))

    const spans = await spansOf(system, traceId)
    expect(orphansOf(spans).map(({ name, parent_span_id }) => [name, parent_span_id])).toEqual([
      ['POST /api/v1/health-data/resumable-uploads', clientSpan],
    ])
    const named = (name: string) => spans.find((span) => span.name === name)
    expect(named('process raw-upload-finalized-push')?.links).toHaveLength(1)
    expect(named('send health-data-processing')?.service).toBe('ingestion')
    expect(named('process health-data-processing-push')?.parent_span_id).toBe(
      named('send health-data-processing')?.span_id,
    )
    expect(named('send user-insights')?.service).toBe('insight')
  }, 150_000)

  it('of bytes that are known is not read again', async () => {
    const { upload_id, session_url } = await announce({})
    await put(session_url, bytes, `bytes 0-${bytes.length - 1}/${bytes.length}`)
    const { processing, analysis } = await follow(person, upload_id)
    expect(processing).toMatchObject({ status: 'completed', duplicate_of: uploadId, samples: null })
    expect(analysis).toBeNull()
  }, 60_000)

  it('read into an empty account gives the same sample lines', async () => {
    const { text, lines } = await exportOf(person)
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(
      new Set(['sample', 'upload', 'analysis', 'insight']),
    )
    expect(new Set(lines.map(({ verdict }) => verdict))).toEqual(
      new Set(['accepted', 'implausible', 'unknown', 'duplicate', undefined]),
    )
    const other = await newPerson(system)
    const sent = await fetch(`${api}/upload`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${other.token}`,
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
        'x-timezone': 'Asia/Tokyo',
      },
      body: new Uint8Array(gzipSync(text)),
    })
    const { upload_id } = (await sent.json()) as { upload_id: string }
    const { processing } = await follow(other, upload_id)
    expect(processing).toMatchObject({ shape: 'own_export', samples: { rejected: 0 } })
    expect(samplesOf((await exportOf(other)).lines)).toEqual(samplesOf(lines))
  }, 150_000)

  it('takes more bytes than one request may have', async () => {
    const bytes = Buffer.concat([smallBody().bytes, Buffer.alloc(33 * 1024 * 1024, ' ')])
    const { processing } = await uploadAndFollow(await newPerson(system), { ...smallBody(), bytes })
    expect(processing).toMatchObject({ status: 'completed', samples: { accepted: 384, rejected: 0 } })
  }, 150_000)
})
