import { type DocumentReference, Firestore } from '@google-cloud/firestore'
import { type StoreUnderTest, storeOnLocalCloud } from '../tests/record-store-on-local-cloud.ts'
import type { RecordStore } from './record-store.ts'

const [ann, bob] = ['ann-1', 'bob-1']
const at = '2026-03-08T00:00:00.000Z'

let cloud: StoreUnderTest
let firestore: Firestore
beforeEach(async () => {
  cloud = await storeOnLocalCloud()
  firestore = new Firestore({ projectId: cloud.projectId })
})
afterEach(async () => {
  await firestore.terminate()
  await cloud[Symbol.asyncDispose]()
})

function newUpload(store: RecordStore, userId: string, bodySha256: string) {
  return store.uploads.createOnce({
    userId,
    bodySha256,
    idempotencyKey: `key-${bodySha256}`,
    receivedAt: at,
    build: ({ uploadId }) => ({
      object_path: `raw/${userId}/${uploadId}`,
      format: 'json',
      content_type: 'application/json',
      content_encoding: null,
      bytes: 1,
      decoded_bytes: 1,
      timezone: null,
      warnings: [],
      received_at: at,
      trace_id: null,
    }),
  })
}

/** One thing of every kind. */
async function fill(store: RecordStore, userId: string): Promise<void> {
  const { upload } = await newUpload(store, userId, 'aa')
  const gone = await newUpload(store, userId, 'bb')
  await store.deletions.begin(userId, gone.upload.upload_id, at)
  await store.users.put(userId, { display_name: 'Ann', timezone: 'Europe/Berlin' })
  await store.days.merge(userId, {
    uploadId: upload.upload_id,
    utcDates: ['2026-03-01'],
    build: () => ({
      shards: [{ utc_date: '2026-03-01', samples: [{ id: 'S2', type: 'steps' } as never] }],
      days: [{ date: '2026-03-01', digest: 'd' } as never],
      user: { current_analysis_id: 'an1' },
    }),
  })
  await store.days.bury(userId, upload.upload_id, ['S1'])
  const analysis = { analysis_id: 'an1', user_id: userId, created_at: at, upload_ids: [upload.upload_id] }
  await store.analyses.createOnce(analysis as never)
  await store.insights.claim(userId, {
    insight_id: 'i1',
    analysis_id: 'an1',
    holder: 'h',
    at,
    leaseSeconds: 60,
  })
}

async function everything(): Promise<{ path: string; text: string }[]> {
  const walk = async (document: DocumentReference): Promise<{ path: string; text: string }[]> => {
    const data = (await document.get()).data()
    const below = await Promise.all((await document.listCollections()).map(walkAll))
    return [...(data ? [{ path: document.path, text: JSON.stringify(data) }] : []), ...below.flat()]
  }
  const walkAll = async (collection: { listDocuments(): Promise<DocumentReference[]> }) =>
    (await Promise.all((await collection.listDocuments()).map(walk))).flat()
  return (await Promise.all((await firestore.listCollections()).map(walkAll))).flat()
}

const paths = async (): Promise<string[]> => (await everything()).map(({ path }) => path).sort()

describe('an erased person', () => {
  it('is named nowhere afterwards, and one audit record stays', async () => {
    const { store } = cloud
    await fill(store, ann)
    await fill(store, bob)
    const ofBob = (await paths()).filter((path) => path.includes(bob))
    await store.erasures.mark(ann, at)
    expect(await store.erasures.removeDocuments(ann)).toBeGreaterThan(10)
    await store.erasures.count(ann, { objects: 2, documents: 12 })
    await store.erasures.count(ann, { objects: 1 })
    await store.erasures.finish(ann, at)
    await store.erasures.finish(ann, '2026-04-01T00:00:00.000Z')
    const left = await everything()
    expect(left.filter(({ path, text }) => `${path} ${text}`.includes(ann))).toEqual([])
    expect(left.map(({ path }) => path).filter((path) => path.includes(bob))).toEqual(ofBob)
    const audit = left.filter(({ path }) => path.startsWith('audit/')).map(({ text }) => JSON.parse(text))
    expect(audit).toHaveLength(2)
    expect(audit).toContainEqual({
      action: 'user.erased',
      subject_hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      at,
      counts: { objects: 3, documents: 12, messages: 0 },
    })
    expect(audit).toContainEqual(expect.objectContaining({ action: 'upload.deleted' }))
  })

  it('names all stored bytes, also those of deleted uploads, for as long as the records stand', async () => {
    const { store } = cloud
    await fill(store, ann)
    const named = async () => {
      const paths: string[] = []
      for await (const page of store.erasures.storedBytes(ann))
        paths.push(...page.map((one) => one.object_path))
      return paths
    }
    expect((await named()).map((path) => path.slice(0, 10))).toEqual(Array(2).fill('raw/ann-1/'))
    await store.erasures.removeDocuments(ann)
    expect(await named()).toEqual([])
  })

  it('gets nothing written any more, from whichever service', async () => {
    const { store } = cloud
    await fill(store, ann)
    expect(await store.erasures.isMarked(ann)).toBe(false)
    await store.erasures.mark(ann, at)
    expect([await store.erasures.isMarked(ann), await store.erasures.isMarked(bob)]).toEqual([true, false])
    await store.erasures.removeDocuments(ann)
    const before = await paths()
    const other = cloud.another()
    const merge = { uploadId: null, utcDates: ['2026-03-01'], build: () => ({ shards: [], days: [] }) }
    const analysis = { analysis_id: 'an2', user_id: ann, upload_ids: [] } as never
    const insight = { insight_id: 'i2', analysis_id: 'an1' } as never
    const attempts = [
      newUpload(other, ann, 'cc'),
      other.users.put(ann, { timezone: 'UTC' }),
      other.days.merge(ann, merge),
      other.analyses.createOnce(analysis),
      other.insights.createOnce(ann, insight),
      other.insights.claim(ann, { insight_id: 'i3', analysis_id: 'an1', holder: 'h', at, leaseSeconds: 1 }),
      other.deletions.begin(ann, 'any', at),
      other.consents.grant(ann, { clinician_id: 'dr', granted_at: at, expires_at: null }),
      other.consents.withdraw(ann, { clinicianId: 'dr', at }),
      other.uploads.reprocess(ann, 'any', at),
    ]
    for (const attempt of attempts) {
      await expect(attempt).rejects.toMatchObject({ details: { code: 'account-erased' } })
    }
    expect(await other.uploads.advance(ann, 'any', { at, stage: 'stored' })).toBeNull()
    expect(await paths()).toEqual(before)
  })
})

describe('a deleted upload', () => {
  it('is gone at once, noted until it is published, and counted for the bytes that come again', async () => {
    const { deletions, uploads } = cloud.store
    const { upload } = await newUpload(cloud.store, ann, 'aa')
    const id = upload.upload_id
    await uploads.advance(ann, id, { at, stage: 'stored', generation: '7' })
    const deletion = await deletions.begin(ann, id, at)
    expect(deletion).toMatchObject({ upload_id: id, object_path: upload.object_path, generation: '7' })
    expect(await uploads.get(ann, id)).toBeNull()
    expect(await deletions.begin(ann, id, 'later')).toEqual(deletion)
    await deletions.markPublished(ann, id, at)
    expect(await deletions.begin(ann, id, at)).toBeNull()
    expect(await deletions.begin(bob, id, at)).toBeNull()
    expect(await deletions.begin(ann, '../x', at)).toBeNull()
    expect((await newUpload(cloud.store, ann, 'aa')).upload).toMatchObject({ deletions: 1 })
  })

  it('is merged into no day, and nothing that read it is written once it is withdrawn', async () => {
    const { deletions, days, analyses } = cloud.store
    const { upload } = await newUpload(cloud.store, ann, 'aa')
    const id = upload.upload_id
    const readers = (analysis_id: string) => ({ analysis_id, user_id: ann, upload_ids: [id] }) as never
    await deletions.begin(ann, id, at)
    const merge = { uploadId: id, utcDates: [], build: () => ({ shards: [], days: [] }) }
    await expect(days.merge(ann, merge)).rejects.toMatchObject({ details: { code: 'upload-deleted' } })
    await analyses.createOnce(readers('an1'))
    await deletions.markWithdrawn(ann, id, at)
    expect(await deletions.removeReaders(ann, id)).toBe(1)
    expect(await analyses.get(ann, 'an1')).toBeNull()
    await expect(analyses.createOnce(readers('an2'))).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('is told where it lay: the dates and tombstones of every merge that changed something', async () => {
    const { deletions, days } = cloud.store
    const { upload } = await newUpload(cloud.store, ann, 'aa')
    const id = upload.upload_id
    const shard = (utc_date: string) => ({ utc_date, samples: [{ id: utc_date } as never] })
    const merge = (dates: string[]) =>
      days.merge(ann, {
        uploadId: id,
        utcDates: dates,
        build: () => ({ shards: dates.map(shard), days: [] }),
      })
    expect(await deletions.reach(ann, id)).toEqual({ utcDates: [], buries: false })
    await merge(['2026-03-02', '2026-03-01'])
    await merge(['2026-03-02', '2026-03-03'])
    expect(await deletions.reach(ann, id)).toEqual({
      utcDates: ['2026-03-01', '2026-03-02', '2026-03-03'],
      buries: false,
    })
    await days.bury(ann, id, ['S1', 'S2'])
    expect((await deletions.reach(ann, id)).buries).toBe(true)
    await deletions.forgetReach(ann, id)
    expect(await deletions.reach(ann, id)).toEqual({ utcDates: [], buries: false })
  })
})

it('the owner of an upload is found by its id', async () => {
  const { upload } = await newUpload(cloud.store, ann, 'aa')
  expect(await cloud.store.uploads.ownerOf(upload.upload_id)).toBe(ann)
  expect(await cloud.store.uploads.ownerOf('nobodys')).toBeNull()
})
