import type { Tombstone } from '@clarity/health-data'
import { type StoreUnderTest, storeOnLocalCloud } from '../tests/record-store-on-local-cloud.ts'
import { tombstoneShard } from './tombstone-shards.ts'

const user = 'user-1'

describe('tombstones in Firestore', () => {
  let cloud: StoreUnderTest
  beforeAll(async () => {
    cloud = await storeOnLocalCloud()
  })
  afterAll(() => cloud[Symbol.asyncDispose]())

  const newUpload = async (hash: string) => {
    const { upload } = await cloud.store.uploads.createOnce({
      userId: user,
      bodySha256: hash.repeat(32),
      receivedAt: '2026-03-01T10:00:00.000Z',
      build: () => ({}) as never,
    })
    return upload.upload_id
  }
  const found = async (sampleIds: readonly string[]): Promise<Tombstone[]> => {
    let tombstones: readonly Tombstone[] = []
    await cloud.store.days.merge(user, {
      uploadId: null,
      utcDates: [],
      sampleIds,
      build: async (state) => {
        tombstones = state.tombstones
        expect(await state.read.tombstones(sampleIds)).toEqual(tombstones)
        return { shards: [], days: [] }
      },
    })
    return tombstones.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  it('are found among those of the ids asked until no upload that brought them is left', async () => {
    const { days, deletions } = cloud.store
    const [one, two] = (await Promise.all(['aa', 'bb'].map(newUpload))).sort() as [string, string]
    await days.bury(user, two, ['A', 'B'])
    await days.bury(user, one, ['B', 'B'])
    await days.bury(user, one, ['B'])
    expect(await found(['A', 'B', 'C'])).toEqual([
      { id: 'A', upload_ids: [two] },
      { id: 'B', upload_ids: [one, two] },
    ])
    expect(await found(['B'])).toHaveLength(1)
    await deletions.withdrawTombstones(user, two)
    expect(await found(['A', 'B'])).toEqual([{ id: 'B', upload_ids: [one] }])
    await deletions.withdrawTombstones(user, one)
    await deletions.withdrawTombstones(user, one)
    expect(await found(['A', 'B'])).toEqual([])
  })

  it('of an upload that is gone are not written', async () => {
    await expect(cloud.store.days.bury(user, 'gone', ['C'])).rejects.toMatchObject({
      details: { code: 'upload-deleted' },
    })
    expect(await found(['C'])).toEqual([])
  })

  it('lie in sixteen shards, many of them too', async () => {
    const upload = await newUpload('cc')
    const ids = Array.from({ length: 3000 }, (_, index) => `S${index}`)
    expect(new Set(ids.map(tombstoneShard)).size).toBe(16)
    await cloud.store.days.bury(user, upload, ids)
    expect(await found(ids)).toHaveLength(3000)
  })
})
