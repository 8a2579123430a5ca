import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { type LocalCloud, startLocalCloud } from '@clarity/local-cloud'
import { Storage } from '@google-cloud/storage'
import { type RawObject, type RawStore, createGcsRawStore, parseObjectUri } from './index.ts'

const projectId = 'demo-clarity'
const bucket = 'clarity-raw'
const LONGEST_RETRY_WAIT_MS = 3000
const object: RawObject = {
  path: 'raw/user-1/2026/03/01/upload-1',
  bytes: gzipSync('{"a":1}'),
  contentType: 'application/json',
  contentEncoding: 'gzip',
  format: 'json',
  sha256: 'ab'.repeat(32),
}

describe('raw uploads in Cloud Storage', () => {
  let cloud: LocalCloud
  let store: RawStore
  let outside: string | undefined
  beforeEach(async () => {
    cloud = await startLocalCloud({ projectId, services: ['storage', 'admin'] })
    outside = process.env.STORAGE_EMULATOR_HOST
    process.env.STORAGE_EMULATOR_HOST = cloud.environment.STORAGE_EMULATOR_HOST
    await new Storage({ projectId }).createBucket(bucket)
    store = createGcsRawStore({ bucket, projectId, timeoutMs: 6000 })
  })
  afterEach(async () => {
    if (outside === undefined) delete process.env.STORAGE_EMULATOR_HOST
    else process.env.STORAGE_EMULATOR_HOST = outside
    await cloud[Symbol.asyncDispose]()
  })

  // Google's client cannot be told to stop: a retry that waits must end before the next file's tests run here.
  afterAll(() => delay(LONGEST_RETRY_WAIT_MS))

  const inject = (fault: object): Promise<Response> =>
    fetch(`http://127.0.0.1:${cloud.ports.admin}/admin/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ service: 'storage', ...fault }),
    })

  it('are written once and keep their generation', async () => {
    const first = await store.putOnce(object)
    const second = await store.putOnce({ ...object, bytes: gzipSync('{"a":1}', { level: 1 }) })
    expect(first.created).toBe(true)
    expect(second).toEqual({ generation: first.generation, created: false })
  })

  it('come back byte for byte, gzip not inflated, with their type', async () => {
    const { generation } = await store.putOnce(object)
    const opened = await store.open({ path: object.path, generation })
    expect(await buffer(opened.stream)).toEqual(object.bytes)
    expect(opened).toMatchObject({
      contentType: 'application/json',
      contentEncoding: 'gzip',
      size: object.bytes.length,
    })
  })

  it('carry container and hash as metadata', async () => {
    await store.putOnce(object)
    const [metadata] = await new Storage({ projectId }).bucket(bucket).file(object.path).getMetadata()
    expect(metadata.metadata).toEqual({ format: 'json', sha256: object.sha256 })
  })

  it('are not found under another path or generation', async () => {
    const { generation } = await store.putOnce(object)
    for (const ref of [
      { path: 'raw/other', generation },
      { path: object.path, generation: '1' },
    ]) {
      await expect(store.open(ref)).rejects.toMatchObject({ kind: 'not-found' })
    }
  })

  it('are deleted by generation, and deleting again is fine', async () => {
    const { generation } = await store.putOnce(object)
    await store.deleteGeneration({ path: object.path, generation: '1' })
    await store.open({ path: object.path, generation })
    await store.deleteGeneration({ path: object.path, generation })
    await store.deleteGeneration({ path: object.path, generation })
    await expect(store.open({ path: object.path, generation })).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('are deleted by path where no generation is known, and deleting again is fine', async () => {
    const { generation } = await store.putOnce(object)
    expect([await store.deleteObject(object.path), await store.deleteObject(object.path)]).toEqual([
      true,
      false,
    ])
    await expect(store.open({ path: object.path, generation })).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('that stand there are found where the account may not write over them', async () => {
    const first = await store.putOnce(object)
    await inject({ code: 403, times: 1 })
    expect(await store.putOnce(object)).toEqual({ generation: first.generation, created: false })
  })

  it('are stored in spite of one failed answer', async () => {
    await inject({ code: 503, times: 1 })
    expect((await store.putOnce(object)).created).toBe(true)
  })

  it('can be opened again after an answer of a store out of order', async () => {
    const ref = { path: object.path, generation: (await store.putOnce(object)).generation }
    await inject({ code: 503, times: 1 })
    await expect(store.open(ref)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/^The store of raw uploads /),
    })
    expect(await buffer((await store.open(ref)).stream)).toEqual(object.bytes)
  })

  it('fail as unavailable, without a word of the vendor, while the store is out of order', async () => {
    await inject({ code: 503 })
    await expect(store.putOnce(object)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/^The store of raw uploads /),
    })
    await expect(store.check()).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('fail as unavailable as soon as the caller gives up', async () => {
    await expect(store.putOnce(object, AbortSignal.abort())).rejects.toMatchObject({ kind: 'unavailable' })
    const { generation } = await store.putOnce(object)
    const opened = await store
      .open({ path: object.path, generation }, AbortSignal.timeout(1))
      .then(({ stream }) => buffer(stream))
      .catch((error: unknown) => error)
    expect(opened instanceof Buffer || (opened as { kind?: string }).kind === 'unavailable').toBe(true)
  })

  it('are read without a warning of Node', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockReturnValue()
    const { generation } = await store.putOnce(object)
    await buffer((await store.open({ path: object.path, generation })).stream)
    expect(warned).not.toHaveBeenCalled()
    warned.mockRestore()
  })

  it('answer a check while the store can be reached', async () => {
    await expect(store.check()).resolves.toBeUndefined()
  })
})

describe('the name of an object', () => {
  it('is read and written as gs://bucket/path', () => {
    const store = createGcsRawStore({ bucket, projectId })
    expect(parseObjectUri(store.objectUri('raw/a/b'))).toEqual({ bucket, path: 'raw/a/b' })
  })

  it.each([['https://x/y'], ['gs://bucket'], ['gs:///path'], ['']])('is refused for %j', (uri) => {
    expect(() => parseObjectUri(uri)).toThrow(expect.objectContaining({ kind: 'malformed' }))
  })
})
