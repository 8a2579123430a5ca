import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Storage } from '@google-cloud/storage'
import type { ServiceContext } from '../emulated-service.ts'
import { createServiceContext } from '../service-context.ts'
import { type EmulatedStorage, startStorage } from './server.ts'

const QUANTUM = 256 * 1024

describe('the Cloud Storage of the local cloud', () => {
  let context: ServiceContext
  let emulated: EmulatedStorage
  let url: string

  beforeEach(async () => {
    context = createServiceContext({ projectId: 'demo-clarity' })
    emulated = await startStorage(context, { port: 0 })
    url = `http://127.0.0.1:${emulated.port}`
    await fetch(`${url}/storage/v1/b?project=demo-clarity`, { method: 'POST', body: '{"name":"raw"}' })
  })
  afterEach(() => emulated[Symbol.asyncDispose]())

  const upload = (query: string, init: RequestInit) =>
    fetch(`${url}/upload/storage/v1/b/raw/o?${query}`, { method: 'POST', ...init })

  async function startSession(name: string): Promise<string> {
    const response = await upload(`uploadType=resumable&name=${name}`, { body: '{}' })
    return response.headers.get('location') ?? ''
  }

  const send = (session: string, range: string, body: Uint8Array<ArrayBuffer> | null = null) =>
    fetch(session, { method: 'PUT', body, headers: { 'content-range': `bytes ${range}` } })

  it('says how far a resumable upload has come, and keeps whole quanta of 256 KiB alone', async () => {
    const session = await startSession('x')
    const bytes = new Uint8Array(QUANTUM + 10).fill(7)
    const empty = await send(session, '*/*')
    const first = await send(session, `0-${bytes.length - 1}/*`, bytes)
    expect([empty.status, empty.headers.get('range')]).toEqual([308, null])
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${QUANTUM - 1}`])
    const last = await send(session, `${QUANTUM}-${QUANTUM + 9}/${QUANTUM + 10}`, bytes.subarray(QUANTUM))
    const again = await send(session, '*/*')
    expect([last.status, again.status]).toEqual([200, 200])
    const object = (await again.json()) as { size: string; md5Hash: string }
    expect(object).toMatchObject({
      size: String(bytes.length),
      md5Hash: createHash('md5').update(bytes).digest('base64'),
    })
  })

  it('takes bytes that were sent already as sent', async () => {
    const session = await startSession('x')
    const bytes = new Uint8Array(QUANTUM + 3).fill(1)
    await send(session, `0-${QUANTUM - 1}/*`, bytes.subarray(0, QUANTUM))
    const response = await send(session, `0-${bytes.length - 1}/${bytes.length}`, bytes)
    expect(response.status).toBe(200)
    const read = await fetch(`${url}/storage/v1/b/raw/o/x?alt=media`)
    expect(Buffer.from(await read.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  })

  it('keeps what came of a request that broke off', async () => {
    const session = await startSession('x')
    await new Promise<void>((resolve) => {
      const request = httpRequest(session, { method: 'PUT', headers: { 'content-range': 'bytes 0-*/*' } })
      request.on('error', () => resolve())
      request.write(Buffer.alloc(5 * QUANTUM, 1), () => setTimeout(() => request.destroy(), 200))
    })
    let status = await send(session, '*/*')
    for (let tries = 0; tries < 50 && !status.headers.get('range'); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      status = await send(session, '*/*')
    }
    const kept = Number(status.headers.get('range')?.split('-')[1]) + 1
    expect(kept).toBeGreaterThan(0)
    expect(kept % QUANTUM).toBe(0)
  })

  it('forgets a cancelled session', async () => {
    const session = await startSession('x')
    expect((await fetch(session, { method: 'DELETE' })).status).toBe(499)
    expect((await send(session, '*/*')).status).toBe(404)
  })

  it('inflates a gzip object only for a client that does not accept gzip', async () => {
    await upload('uploadType=media&name=z&contentEncoding=gzip', { body: gzipSync('inside') })
    const inflated = await fetch(`${url}/download/storage/v1/b/raw/o/z?alt=media`, {
      headers: { 'accept-encoding': 'identity' },
    })
    expect(await inflated.text()).toBe('inside')
    expect(inflated.headers.get('x-goog-stored-content-encoding')).toBe('gzip')
    expect(inflated.headers.get('content-encoding')).toBeNull()
    const kept = await rawBytes(`${url}/storage/v1/b/raw/o/z?alt=media`)
    expect(gunzipSync(kept).toString()).toBe('inside')
  })

  it('is found by a client that knows only STORAGE_EMULATOR_HOST', async () => {
    process.env['STORAGE_EMULATOR_HOST'] = url
    const bucket = new Storage({ projectId: 'demo-clarity' }).bucket('raw')
    await bucket.file('a/b').save('x', { resumable: false })
    const [files] = await bucket.getFiles()
    delete process.env['STORAGE_EMULATOR_HOST']
    expect(files.map(({ name }) => name)).toEqual(['a/b'])
  })

  it('fails as an armed fault says, and then works again', async () => {
    context.faults.add({ service: 'storage', method: 'objects.insert', code: 503, times: 1 })
    const put = () => upload('uploadType=media&name=x', { body: 'x' })
    const refused = await put()
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ error: { code: 503, errors: [{ domain: 'global' }] } })
    expect((await put()).status).toBe(200)
  })

  it('writes errors in Google’s form', async () => {
    const response = await fetch(`${url}/storage/v1/b/raw/o/none`)
    const message = 'No such object: raw/none'
    expect(await response.json()).toEqual({
      error: { code: 404, message, errors: [{ message, domain: 'global', reason: 'notFound' }] },
    })
    const media = await fetch(`${url}/storage/v1/b/raw/o/none?alt=media`)
    expect([media.status, await media.text()]).toEqual([404, message])
  })

  it('names what it does not play', async () => {
    const response = await fetch(`${url}/storage/v1/b/raw/acl`)
    expect(response.status).toBe(501)
    expect(await response.text()).toContain('GET /storage/v1/b/raw/acl')
  })

  it('keeps its buckets over a reset', async () => {
    await upload('uploadType=media&name=x', { body: 'x' })
    expect(emulated.buckets()).toEqual([{ name: 'raw', objects: 1, bytes: 1 }])
    emulated.reset()
    expect(emulated.buckets()).toEqual([{ name: 'raw', objects: 0, bytes: 0 }])
  })
})

describe('the files of Cloud Storage', () => {
  it('hold objects and unfinished uploads over a restart, and lose abandoned bytes', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'storage-'))
    const start = async () => {
      const context = createServiceContext({ projectId: 'demo-clarity', dataDir })
      return { context, emulated: await startStorage(context, { port: 0 }) }
    }
    const stop = async ({ context, emulated }: Awaited<ReturnType<typeof start>>) => {
      await emulated[Symbol.asyncDispose]()
      context.database.close()
    }
    const before = await start()
    const url = `http://127.0.0.1:${before.emulated.port}/upload/storage/v1/b/raw/o`
    await fetch(`http://127.0.0.1:${before.emulated.port}/b`, { method: 'POST', body: '{"name":"raw"}' })
    await fetch(`${url}?uploadType=media&name=kept`, { method: 'POST', body: 'kept' })
    const session = await fetch(`${url}?uploadType=resumable&name=later`, { method: 'POST', body: '{}' })
    const location = new URL(session.headers.get('location') ?? '')
    const half = new Uint8Array(QUANTUM).fill(3)
    const headers = { 'content-range': `bytes 0-${QUANTUM - 1}/*` }
    await fetch(location, { method: 'PUT', body: half, headers })
    before.context.database.exec("INSERT INTO storage_bytes VALUES ('abandoned', 0, x'00')")
    await stop(before)

    const after = await start()
    location.port = String(after.emulated.port)
    const total = QUANTUM + 1
    const end = await fetch(location, {
      method: 'PUT',
      body: new Uint8Array([4]),
      headers: { 'content-range': `bytes ${QUANTUM}-${QUANTUM}/${total}` },
    })
    expect(end.status).toBe(200)
    expect(after.emulated.buckets()).toEqual([{ name: 'raw', objects: 2, bytes: 4 + total }])
    const rows = after.context.database.prepare(
      "SELECT count(*) AS n FROM storage_bytes WHERE data_id = 'abandoned'",
    )
    expect(rows.get()).toEqual({ n: 0 })
    await stop(after)
    rmSync(dataDir, { recursive: true })
  })
})

/** The body as it travels: fetch would inflate it. */
function rawBytes(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks)))
    })
      .on('error', reject)
      .end()
  })
}
