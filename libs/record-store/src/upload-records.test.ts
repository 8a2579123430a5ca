import { Firestore } from '@google-cloud/firestore'
import { type StoreUnderTest, storeOnLocalCloud } from '../tests/record-store-on-local-cloud.ts'
import type { CreateUpload } from './record-store.ts'
import type { UploadRecord } from './upload-record.ts'

const receivedAt = '2026-03-01T08:00:00.000Z'
const publication = { at: receivedAt, generation: '42' }
const body = (name: string): string => Buffer.from(name.padEnd(32, '.')).toString('hex')

function upload(over: Partial<CreateUpload> = {}): CreateUpload {
  return {
    userId: 'user-1',
    bodySha256: body('first'),
    receivedAt,
    build: ({ uploadId, user }) => ({
      object_path: `raw/user-1/2026/03/01/${uploadId}`,
      format: 'json',
      content_type: 'application/json',
      content_encoding: null,
      bytes: 10,
      decoded_bytes: 10,
      timezone: user?.timezone ?? null,
      warnings: [],
      received_at: receivedAt,
      trace_id: null,
    }),
    ...over,
  }
}

describe('uploads in Firestore', () => {
  let cloud: StoreUnderTest
  beforeEach(async () => {
    cloud = await storeOnLocalCloud()
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  it('are created once for the same bytes of the same user', async () => {
    const { uploads } = cloud.store
    const first = await uploads.createOnce(upload())
    const second = await uploads.createOnce(upload({ receivedAt: '2026-04-01T00:00:00.000Z' }))
    expect([first.created, second.created]).toEqual([true, false])
    expect(second.upload).toEqual(first.upload)
    expect((await uploads.createOnce(upload({ userId: 'user-2' }))).created).toBe(true)
  })

  it('are created once when ten requests bring the same bytes at once', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => cloud.store.uploads.createOnce(upload())))
    expect(all.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(all.map((each) => each.upload.upload_id)).size).toBe(1)
  })

  it('counts the deletions of these bytes into the id', async () => {
    const first = await cloud.store.uploads.createOnce(upload())
    const firestore = new Firestore({ projectId: cloud.projectId })
    await firestore.doc(`users/user-1/deleted-uploads/${body('first')}`).set({ count: 1 })
    await firestore.doc(`users/user-1/uploads/${first.upload.upload_id}`).delete()
    await firestore.terminate()
    const again = await cloud.store.uploads.createOnce(upload())
    expect(again).toMatchObject({ created: true, upload: { deletions: 1 } })
    expect(again.upload.upload_id).not.toBe(first.upload.upload_id)
    expect((await cloud.store.uploads.createOnce(upload())).created).toBe(false)
  })

  it('take the zone of the user settings that stand at that moment', async () => {
    await cloud.store.users.put('user-1', { timezone: 'Europe/Berlin' })
    expect((await cloud.store.uploads.createOnce(upload())).upload.timezone).toBe('Europe/Berlin')
  })

  it('refuse a key that came with other bytes, and store nothing of them', async () => {
    const { uploads } = cloud.store
    await uploads.createOnce(upload({ idempotencyKey: 'k1' }))
    const other = upload({ idempotencyKey: 'k1', bodySha256: body('second') })
    await expect(uploads.createOnce(other)).rejects.toMatchObject({
      kind: 'conflict',
      details: { code: 'idempotency-key-reused' },
    })
    expect((await uploads.createOnce({ ...other, idempotencyKey: 'k2' })).created).toBe(true)
  })

  it('let a key go after thirty days, and never share it between users', async () => {
    const { uploads } = cloud.store
    await uploads.createOnce(upload({ idempotencyKey: 'k1' }))
    const other = upload({ idempotencyKey: 'k1', bodySha256: body('second') })
    expect((await uploads.createOnce({ ...other, userId: 'user-2' })).created).toBe(true)
    expect((await uploads.createOnce({ ...other, receivedAt: '2026-03-31T08:00:00.000Z' })).created).toBe(
      true,
    )
  })

  it('move forward and are found again', async () => {
    const { uploads } = cloud.store
    const { upload_id } = (await uploads.createOnce(upload())).upload
    await uploads.advance('user-1', upload_id, { at: receivedAt, stage: 'parsed' })
    expect(await uploads.get('user-1', upload_id)).toMatchObject({ stage: 'parsed', published_at: null })
  })

  it('are stored once they are published, and no step back where they are further', async () => {
    const { uploads } = cloud.store
    const { upload_id } = (await uploads.createOnce(upload())).upload
    expect(await uploads.markPublished('user-1', upload_id, publication)).toBe(true)
    const stored = { stage: 'stored', status: 'received', generation: '42', published_at: receivedAt }
    expect(await uploads.get('user-1', upload_id)).toMatchObject(stored)
    expect((await uploads.list('user-1', { limit: 1 })).data).toMatchObject([stored])
    await uploads.advance('user-1', upload_id, { at: receivedAt, stage: 'parsed' })
    await uploads.markPublished('user-1', upload_id, publication)
    expect(await uploads.get('user-1', upload_id)).toMatchObject({ stage: 'parsed', status: 'processing' })
  })

  it('fail, and start again when asked', async () => {
    const { uploads } = cloud.store
    const { upload_id } = (await uploads.createOnce(upload())).upload
    await uploads.markPublished('user-1', upload_id, publication)
    const error = { code: 'unknown_shape', title: 'Unknown shape' }
    expect(await uploads.fail('user-1', upload_id, { at: receivedAt, error })).toMatchObject({
      status: 'failed',
      error,
    })
    expect(await uploads.resume('user-1', upload_id, 'start')).toMatchObject({
      status: 'received',
      published_at: null,
    })
  })

  it('answer null where there is no such upload', async () => {
    const { uploads } = cloud.store
    expect(await uploads.get('user-1', '../x')).toBeNull()
    expect(await uploads.get('user-1', 'absent')).toBeNull()
    expect(await uploads.advance('user-1', 'absent', { at: receivedAt })).toBeNull()
    expect(await uploads.markPublished('user-1', 'absent', publication)).toBe(false)
  })

  it('tell each change to whoever watches', async () => {
    const { uploads } = cloud.store
    const { upload_id } = (await uploads.createOnce(upload())).upload
    const seen: (UploadRecord | null)[] = []
    const { promise: done, resolve } = Promise.withResolvers<void>()
    const stop = uploads.watch('user-1', upload_id, {
      onChange: (record) => {
        seen.push(record)
        if (record?.status === 'received') {
          void uploads.advance('user-1', upload_id, { at: receivedAt, status: 'completed' })
        } else resolve()
      },
      onError: () => resolve(),
    })
    await done
    stop()
    expect(seen.map((record) => record?.status)).toEqual(['received', 'completed'])
  })

  it('refuse a user id that cannot name a document and take any other', async () => {
    await expect(cloud.store.uploads.createOnce(upload({ userId: '..' }))).rejects.toMatchObject({
      kind: 'invalid',
    })
    const odd = await cloud.store.uploads.createOnce(upload({ userId: 'a/b c' }))
    expect(await cloud.store.uploads.get('a/b c', odd.upload.upload_id)).toEqual(odd.upload)
  })
})
