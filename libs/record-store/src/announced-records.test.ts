import { type StoreUnderTest, storeOnLocalCloud } from '../tests/record-store-on-local-cloud.ts'
import type { AnnouncedUpload, Arrival } from './announced-upload.ts'
import type { SampleShard } from './days.ts'

const user = 'user-1'
const at = '2026-03-01T09:00:00.000Z'

const announced = (upload_id: string, over: Partial<AnnouncedUpload> = {}): AnnouncedUpload => ({
  user_id: user,
  upload_id,
  object_path: `incoming/${user}/${upload_id}`,
  content_type: 'application/zip',
  content_encoding: null,
  bytes: 100,
  timezone: null,
  warnings: [],
  received_at: '2026-03-01T08:00:00.000Z',
  trace_id: null,
  ...over,
})

const arrival = (name: string): Arrival => ({
  at,
  generation: '7',
  bytes: 99,
  decoded_bytes: 1000,
  body_sha256: Buffer.from(name.padEnd(32, '.')).toString('hex'),
  format: 'zip',
  content_encoding: null,
})

describe('announced uploads in Firestore', () => {
  let cloud: StoreUnderTest
  beforeEach(async () => {
    cloud = await storeOnLocalCloud()
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  it('wait for their bytes, in the person’s zone where they name none', async () => {
    const { uploads, users } = cloud.store
    await users.put(user, { timezone: 'Europe/Berlin' })
    const waiting = {
      status: 'received',
      stage: 'received',
      body_sha256: null,
      format: null,
      decoded_bytes: null,
    }
    expect(await uploads.announce(announced('a'))).toMatchObject({ ...waiting, timezone: 'Europe/Berlin' })
    expect(await uploads.announce(announced('b', { timezone: 'Asia/Tokyo' }))).toMatchObject({
      timezone: 'Asia/Tokyo',
    })
    expect(await uploads.get(user, 'a')).toMatchObject({ ...waiting, bytes: 100 })
  })

  it('are stored once their bytes have come, and stay as they are when they come again', async () => {
    const { uploads } = cloud.store
    await uploads.announce(announced('a'))
    const stored = await uploads.arrive(user, 'a', arrival('first'))
    expect(stored).toMatchObject({
      stage: 'stored',
      status: 'received',
      generation: '7',
      bytes: 99,
      format: 'zip',
    })
    expect(await uploads.arrive(user, 'a', arrival('second'))).toEqual(stored)
    expect(await uploads.arrive(user, 'nobody', arrival('first'))).toBeNull()
  })

  it('are stored although their session was ended while the bytes came', async () => {
    const { uploads } = cloud.store
    await uploads.announce(announced('a'))
    expect(await uploads.endSession(user, 'a', '2026-03-08T08:00:00.000Z')).toMatchObject({
      status: 'failed',
    })
    expect(await uploads.arrive(user, 'a', arrival('first'))).toMatchObject({
      stage: 'stored',
      status: 'received',
      error: null,
    })
  })

  it('are duplicates of what brought these bytes, unless that failed', async () => {
    const { uploads } = cloud.store
    for (const id of ['a', 'b', 'c', 'd']) await uploads.announce(announced(id))
    await uploads.arrive(user, 'a', arrival('first'))
    await uploads.fail(user, 'a', { at, error: { code: 'x', title: 'X' } })
    expect(await uploads.arrive(user, 'b', arrival('first'))).toMatchObject({ status: 'received' })
    const duplicate = { status: 'completed', duplicate_of: 'b', progress: 1 }
    expect(await uploads.arrive(user, 'c', arrival('first'))).toMatchObject(duplicate)
    expect(await uploads.arrive(user, 'd', arrival('first'))).toMatchObject(duplicate)
  })

  it('of the same bytes at the same time end as one upload and its duplicates', async () => {
    const { uploads } = cloud.store
    const ids = ['a', 'b', 'c', 'd']
    for (const id of ids) await uploads.announce(announced(id))
    const all = await Promise.all(ids.map((id) => uploads.arrive(user, id, arrival('first'))))
    expect(all.filter((upload) => upload?.duplicate_of === undefined)).toHaveLength(1)
  })

  it('are listed, newest first', async () => {
    const { uploads } = cloud.store
    for (const [day, id] of ['a', 'b', 'c'].entries()) {
      await uploads.announce(announced(id, { received_at: `2026-03-0${day + 1}T08:00:00.000Z` }))
    }
    const first = await uploads.list(user, { limit: 2 })
    expect(first.data.map(({ upload_id }) => upload_id)).toEqual(['c', 'b'])
    const second = await uploads.list(user, { limit: 2, cursor: first.next! })
    expect([second.data.map(({ upload_id }) => upload_id), second.next]).toEqual([['a'], null])
  })
})

describe('the first shards of a range', () => {
  it('are those that hold samples, or samples of one type', async () => {
    await using cloud = await storeOnLocalCloud()
    const { days } = cloud.store
    const shard = (utc_date: string, ...types: string[]) =>
      ({
        utc_date,
        digest: utc_date,
        samples: types.map((type) => ({
          id: `${utc_date}${type}`,
          type,
          start: 1,
          end: 1,
          upload_ids: ['u'],
        })),
      }) as unknown as SampleShard
    const shards = [
      shard('2020-01-01', 'heart_rate'),
      shard('2025-06-01', 'x.y/z'),
      shard('2026-03-01', 'heart_rate'),
      shard('2026-03-02', 'x.y/z'),
    ]
    await days.merge(user, {
      uploadId: null,
      utcDates: shards.map(({ utc_date }) => utc_date),
      build: () => ({ shards, days: [] }),
    })
    const dates = async (range: Partial<Parameters<typeof days.samplesBetween>[1]>): Promise<string[]> =>
      (await days.samplesBetween(user, { from: '0000-01-01', to: '9999-12-31', limit: 9, ...range })).map(
        ({ utc_date }) => utc_date,
      )
    expect(await dates({})).toEqual(['2020-01-01', '2025-06-01', '2026-03-01', '2026-03-02'])
    expect(await dates({ limit: 2 })).toEqual(['2020-01-01', '2025-06-01'])
    expect(await dates({ from: '2020-01-02', to: '2026-03-01' })).toEqual(['2025-06-01', '2026-03-01'])
    expect(await dates({ type: 'x.y/z' })).toEqual(['2025-06-01', '2026-03-02'])
    expect(await dates({ type: 'heart_rate', from: '2020-01-02' })).toEqual(['2026-03-01'])
    expect(await dates({ type: 'nothing' })).toEqual([])
    const many = shard('2026-03-03', ...Array.from({ length: 100_000 }, (_, index) => `Type${index}`))
    await days.merge(user, {
      uploadId: null,
      utcDates: [many.utc_date],
      build: () => ({ shards: [many], days: [] }),
    })
    expect(await dates({ type: 'Type99999' })).toEqual(['2026-03-03'])
    expect(await dates({ type: 'heart_rate', from: '2026-03-02' })).toEqual(['2026-03-03'])
  })
})
