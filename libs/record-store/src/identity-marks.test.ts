import { type Sample, syncIdentity } from '@clarity/health-data'
import { type StoreUnderTest, storeOnLocalCloud } from '../tests/record-store-on-local-cloud.ts'
import { identityMark, mayHold, identityMarks } from './identity-marks.ts'
import { splitSamples } from './packed-documents.ts'

const user = 'user-1'
const source = { name: 'Oura', bundle_id: null, product: null }
const identityOf = (syncId: string) =>
  syncIdentity({ type: 'steps', source, sync: { id: syncId, version: 1 } })

function sample(id: string, rest: Partial<Sample> = {}): Sample {
  return {
    id,
    type: 'steps',
    start: 1_772_000_000_000,
    end: 1_772_000_060_000,
    value: 12,
    unit: 'count',
    source,
    user_entered: false,
    timezone: 'Europe/Berlin',
    timezone_source: 'upload',
    verdict: 'accepted',
    base_verdict: 'accepted',
    upload_ids: ['u1'],
    ...rest,
  }
}

const marksOf = (samples: readonly Sample[]) => identityMarks(splitSamples(samples))
const synced = (id: string, syncId: string) => sample(id, { sync: { id: syncId, version: 1 } })

describe('marks of identities', () => {
  it('are noted of a date up to a number; one without them may hold anything', () => {
    const uuid = '0F1E2D3C-4B5A-4978-8796-A5B4C3D2E1F0'
    const few = { get: () => marksOf([sample('A'), sample(uuid), synced('C', 'c')]).identities } as never
    const asked = ['A', uuid, 'C', identityOf('c'), 'B', uuid.replace('F', '0')]
    expect(asked.map((id) => mayHold(new Set([identityMark(id)]))(few))).toEqual([
      ...[true, true, true, true],
      ...[false, false],
    ])
    const many = marksOf(Array.from({ length: 200_001 }, (_, index) => sample(`S${index}`)))
    expect(many).toEqual({})
    expect(mayHold(new Set([identityMark('A')]))({ get: () => undefined } as never)).toBe(true)
  })
})

describe('dates that hold what is asked for', () => {
  let cloud: StoreUnderTest
  beforeAll(async () => {
    cloud = await storeOnLocalCloud()
    const lists: Record<string, Sample[]> = {
      '2026-03-01': [sample('A'), synced('B', 'b')],
      '2026-03-02': [sample('C', { verdict: 'deleted' }), synced('B2', 'b')],
      '2026-03-03': Array.from({ length: 70 }, (_, index) => synced(`D${index}`, `d${index}`)),
      '2026-03-04': [sample('E')],
    }
    const shards = Object.entries(lists).map(([utc_date, samples]) => ({ utc_date, samples }))
    await cloud.store.days.merge(user, { uploadId: null, utcDates: [], build: () => ({ shards, days: [] }) })
  })
  afterAll(() => cloud[Symbol.asyncDispose]())

  it('are found by identity, and by whether a tombstone names it', async () => {
    const { days } = cloud.store
    expect(await days.sampleDates(user, { identities: ['A', 'E', 'unknown'] })).toEqual([
      '2026-03-01',
      '2026-03-04',
    ])
    expect(await days.sampleDates(user, { deleted: true })).toEqual(['2026-03-02'])
    expect(await days.sampleDates(user)).toHaveLength(4)
  })

  const holding = async (syncIds: readonly string[], utcDates: readonly string[] = []) => {
    let dates: string[] = []
    await cloud.store.days.merge(user, {
      uploadId: null,
      utcDates,
      build: async ({ read }) => {
        dates = (await read.holding(syncIds.map(identityOf))).map(({ utc_date }) => utc_date).sort()
        return { shards: [], days: [] }
      },
    })
    return dates
  }

  it('are found by what a writer calls a sample, besides those that a merge has', async () => {
    expect(await holding(['b'])).toEqual(['2026-03-01', '2026-03-02'])
    expect(await holding(['b'], ['2026-03-01'])).toEqual(['2026-03-02'])
    expect(await holding(['unknown'])).toEqual([])
  })

  it('are found although they hold many, and by many', async () => {
    expect(await holding(['d69'])).toEqual(['2026-03-03'])
    const others = Array.from({ length: 40 }, (_, index) => `x${index}`)
    expect(await holding([...others, 'b', 'd0'])).toEqual(['2026-03-01', '2026-03-02', '2026-03-03'])
    const more = Array.from({ length: 600 }, (_, index) => `y${index}`)
    expect(await holding([...more, 'b', 'd0'])).toEqual(['2026-03-01', '2026-03-02', '2026-03-03'])
  })

  it('may be changed by the merge that found them', async () => {
    const { days } = cloud.store
    await days.merge(user, {
      uploadId: null,
      utcDates: ['2026-03-02'],
      build: async ({ read }) => {
        const [found] = await read.holding([identityOf('b')])
        return { shards: [{ ...found!, samples: [] }], days: [] }
      },
    })
    expect(await days.sampleDates(user)).not.toContain('2026-03-01')
    expect(await days.samples(user, ['2026-03-01'])).toEqual([])
  })
})
