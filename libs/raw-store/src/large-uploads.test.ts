import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type LocalCloud, startLocalCloud } from '@clarity/local-cloud'
import { Storage } from '@google-cloud/storage'
import { createGcsRawStore } from './index.ts'

const projectId = 'demo-clarity'
const bucket = 'clarity-raw'
const CALL_LIMIT_MS = 2000

describe('large uploads in Cloud Storage', () => {
  let cloud: LocalCloud
  beforeEach(async () => {
    cloud = await startLocalCloud({ projectId, services: ['storage'] })
    process.env.STORAGE_EMULATOR_HOST = cloud.environment.STORAGE_EMULATOR_HOST
    await new Storage({ projectId }).createBucket(bucket)
  })
  afterEach(async () => {
    delete process.env.STORAGE_EMULATOR_HOST
    await cloud[Symbol.asyncDispose]()
  })

  it('are sent by the client itself, and read for longer than one call may take', async () => {
    const store = createGcsRawStore({ bucket, projectId, timeoutMs: CALL_LIMIT_MS })
    const bytes = randomBytes(8 * 1024 * 1024)
    const path = 'incoming/user-1/upload-1'
    const url = await store.openSession({
      path,
      contentType: 'application/zip',
      contentEncoding: 'gzip',
      bytes: bytes.length,
      metadata: { traceparent: '00-a-b-01' },
    })
    const sent = await fetch(url, { method: 'PUT', body: bytes })
    const object = (await sent.json()) as Record<string, unknown>
    expect(object).toMatchObject({
      name: path,
      contentType: 'application/zip',
      contentEncoding: 'gzip',
      metadata: { traceparent: '00-a-b-01' },
    })
    const opened = await store.open({ path, generation: String(object['generation']) })
    expect(opened).toMatchObject({ contentEncoding: 'gzip', size: bytes.length })
    let read = 0
    let pauses = 6
    for await (const chunk of opened.stream) {
      read += (chunk as Buffer).length
      if (pauses-- > 0) await delay(CALL_LIMIT_MS / 3)
    }
    expect(read).toBe(bytes.length)
  })
})
