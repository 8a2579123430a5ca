import type { Analysis, Insight } from '@clarity/contracts'
import { type StoreUnderTest, storeOnLocalCloud } from '../tests/record-store-on-local-cloud.ts'

const user = 'user-1'
const analysis = (id: string, created_at = '2026-03-08T00:00:00.000Z'): Analysis =>
  ({
    analysis_id: id,
    user_id: user,
    created_at,
    upload_ids: [],
    digest: 'd',
    pat: { embedding: [0.5, -1, 3] },
  }) as unknown as Analysis
const insight = (id: string, generated_at = '2026-03-08T00:00:00.000Z'): Insight =>
  ({ insight_id: id, analysis_id: 'an1', generated_at, narrative: 'Text.' }) as unknown as Insight
const at = '2026-03-08T00:00:00.000Z'
const wanted = (insight_id: string, time = at) => ({
  insight_id,
  analysis_id: 'an1',
  holder: insight_id,
  at: time,
  leaseSeconds: 60,
})

describe('analyses in Firestore', () => {
  let cloud: StoreUnderTest
  beforeEach(async () => {
    cloud = await storeOnLocalCloud()
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  it('are created once and read as they were written', async () => {
    const { analyses } = cloud.store
    expect(await analyses.createOnce(analysis('an1'))).toEqual({ analysis: analysis('an1'), created: true })
    const later = analysis('an1', '2027-01-01T00:00:00.000Z')
    expect(await analyses.createOnce(later)).toEqual({ analysis: analysis('an1'), created: false })
    expect(await analyses.get(user, 'an1')).toEqual(analysis('an1'))
    expect(await analyses.get('user-2', 'an1')).toBeNull()
  })

  it('are listed newest first, page by page', async () => {
    const { analyses } = cloud.store
    for (const id of ['a', 'b', 'c']) await analyses.createOnce(analysis(id))
    const first = await analyses.list(user, { limit: 2 })
    expect(first.data.map(({ analysis_id }) => analysis_id)).toEqual(['c', 'b'])
    const rest = await analyses.list(user, { limit: 2, ...(first.next && { cursor: first.next }) })
    expect(rest).toMatchObject({ data: [{ analysis_id: 'a' }], next: null })
  })

  it('are read by their windows, as far as their embeddings are compared', async () => {
    const { analyses } = cloud.store
    const store = (id: string, end: string) =>
      analyses.createOnce({
        ...analysis(id),
        window: { start: '2026-03-01', end },
        pat: { embedding: [id.length], standardisation: 'z', model: { name: 'pat', sha256: 'f' }, heads: {} },
      } as unknown as Analysis)
    await store('a', '2026-03-07')
    await store('bb', '2026-03-08')
    await store('ccc', '2026-03-08')
    await store('d', '2026-03-09')
    const week = (embedding: number[]) => ({
      created_at: at,
      upload_ids: [],
      window: { start: '2026-03-01', end: '2026-03-08' },
      pat: { embedding, standardisation: 'z', model: { sha256: 'f' } },
    })
    expect(await analyses.lastWeekBefore(user, '2026-03-09')).toEqual([week([2]), week([3])])
    expect(await analyses.lastWeekBefore(user, '2026-03-08')).toHaveLength(1)
    expect(await analyses.lastWeekBefore(user, '2026-03-07')).toEqual([])
  })

  it('remember for which upload they were announced, until that upload starts again', async () => {
    const { analyses, uploads } = cloud.store
    const { upload } = await uploads.createOnce({
      userId: user,
      bodySha256: 'b',
      receivedAt: at,
      build: () => ({ received_at: at }) as never,
    })
    const uploadId = upload.upload_id
    await analyses.createOnce(analysis('an1'))
    await analyses.markPublished(user, { analysisId: 'an1', uploadId, at })
    const predicted = { announced: { an1: at }, stage: 'predicted', status: 'processing' }
    expect(await uploads.get(user, uploadId)).toMatchObject(predicted)
    await uploads.fail(user, uploadId, { at, error: { code: 'exhausted', title: 'Exhausted' } })
    await uploads.resume(user, uploadId, 'start')
    expect(await uploads.get(user, uploadId)).toMatchObject({ announced: {}, stage: 'received' })
    expect(await analyses.get(user, 'an1')).toEqual(analysis('an1'))
  })
})

describe('insights in Firestore', () => {
  let cloud: StoreUnderTest
  beforeEach(async () => {
    cloud = await storeOnLocalCloud()
    for (const user_id of [user, 'user-2'])
      await cloud.store.analyses.createOnce({ ...analysis('an1'), user_id })
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  it('need their analysis', async () => {
    const { insights } = cloud.store
    const missing = { kind: 'unavailable', details: { code: 'analysis_missing' } }
    await expect(insights.createOnce('user-3', insight('i1'))).rejects.toMatchObject(missing)
    await expect(insights.claim('user-3', wanted('i1'))).rejects.toMatchObject(missing)
    expect(await insights.get('user-3', 'i1')).toBeNull()
  })

  it('are pending while they are claimed, one a user at a time', async () => {
    const { insights } = cloud.store
    expect(await insights.claim(user, wanted('i1'))).toEqual({ state: 'claimed' })
    expect(await insights.get(user, 'i1')).toEqual({
      status: 'pending',
      insight_id: 'i1',
      analysis_id: 'an1',
    })
    expect(await insights.claim(user, wanted('i2'))).toEqual({
      state: 'busy',
      until: '2026-03-08T00:01:00.000Z',
    })
    expect(await insights.claim(user, { ...wanted('i1'), holder: 'another' })).toMatchObject({
      state: 'busy',
    })
    expect(await insights.get(user, 'i2')).toMatchObject({ status: 'pending' })
    expect(await insights.claim('user-2', wanted('i1'))).toEqual({ state: 'claimed' })
    expect(await insights.history(user, { limit: 10 })).toEqual({ data: [], next: null })
  })

  it('can be claimed again after a release, and after the lease of a holder that died', async () => {
    const { insights } = cloud.store
    await insights.claim(user, wanted('i1'))
    await insights.release(user, { insight_id: 'i1', holder: 'i1' })
    expect(await insights.get(user, 'i1')).toBeNull()
    expect(await insights.claim(user, wanted('i2'))).toEqual({ state: 'claimed' })
    expect(await insights.claim(user, wanted('i1', '2026-03-08T00:01:00.000Z'))).toEqual({ state: 'claimed' })
  })

  it('are claimed for longer by their holder, and pending as long as anybody makes them', async () => {
    const { insights } = cloud.store
    await insights.claim(user, wanted('i1'))
    expect(await insights.claim(user, wanted('i1', '2026-03-08T00:00:50.000Z'))).toEqual({ state: 'claimed' })
    const another = { ...wanted('i1', '2026-03-08T00:01:10.000Z'), holder: 'another' }
    expect(await insights.claim(user, another)).toEqual({ state: 'busy', until: '2026-03-08T00:01:50.000Z' })
    await insights.release(user, another)
    expect(await insights.get(user, 'i1')).toMatchObject({ status: 'pending' })
    expect(await insights.claim(user, another)).toMatchObject({ state: 'busy' })
  })

  it('are written once, which ends the claim', async () => {
    const { insights } = cloud.store
    await insights.claim(user, wanted('i1'))
    expect(await insights.createOnce(user, insight('i1'))).toEqual({ insight: insight('i1'), created: true })
    const other = { ...insight('i1'), narrative: 'Other.' }
    expect(await insights.createOnce(user, other)).toEqual({ insight: insight('i1'), created: false })
    expect(await insights.get(user, 'i1')).toEqual({ status: 'ready', insight: insight('i1') })
    expect(await insights.claim(user, wanted('i1'))).toEqual({ state: 'ready', insight: insight('i1') })
    expect(await insights.claim(user, wanted('i2'))).toEqual({ state: 'claimed' })
  })

  it('remember that they were announced, without showing it', async () => {
    const { insights } = cloud.store
    await insights.createOnce(user, insight('i1'))
    expect(await insights.publishedAt(user, 'i1')).toBeNull()
    await insights.markPublished(user, 'i1', at)
    await insights.markPublished(user, 'i1', '2027-01-01T00:00:00.000Z')
    await insights.markPublished(user, 'absent', at)
    expect(await insights.publishedAt(user, 'i1')).toBe(at)
    expect(await insights.get(user, 'i1')).toEqual({ status: 'ready', insight: insight('i1') })
    expect((await insights.history(user, { limit: 1 })).data).toEqual([insight('i1')])
  })

  it('are listed newest first without a gap or a repeat', async () => {
    const { insights } = cloud.store
    for (let n = 0; n < 5; n += 1) {
      await insights.createOnce(user, insight(`i${n}`, `2026-03-0${1 + (n >> 1)}T00:00:00.000Z`))
    }
    const seen: string[] = []
    let page = await insights.history(user, { limit: 2 })
    for (;;) {
      seen.push(...page.data.map(({ insight_id }) => insight_id))
      if (!page.next) break
      page = await insights.history(user, { limit: 2, cursor: page.next })
    }
    expect(seen).toEqual(['i4', 'i3', 'i2', 'i1', 'i0'])
  })
})
