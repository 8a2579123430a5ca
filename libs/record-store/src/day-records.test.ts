import { randomBytes } from 'node:crypto'
import type { Sample } from '@clarity/health-data'
import { FieldValue, Firestore } from '@google-cloud/firestore'
import { type StoreUnderTest, storeOnLocalCloud } from '../tests/record-store-on-local-cloud.ts'
import type { DayRecord, MergeResult, MergeState, SampleShard } from './days.ts'

const user = 'user-1'
const CURRENT = { current_analysis_id: 'an1' }
const empty = { min: null, max: null, mean: null, count: 0 }

function day(date: string, steps: number): DayRecord {
  return {
    date,
    timezone: 'Europe/Berlin',
    steps,
    distance_m: null,
    active_energy_kcal: null,
    basal_energy_kcal: null,
    flights: null,
    exercise_minutes: null,
    stand_minutes: null,
    heart_rate: empty,
    resting_heart_rate: null,
    hrv_sdnn_ms: { count: 0, mean: null },
    respiratory_rate: { count: 0, mean: null },
    oxygen_saturation_percent: { count: 0, mean: null, min: null },
    sleep: {
      night_start: null,
      night_end: null,
      asleep_minutes: null,
      in_bed_minutes: null,
      awake_minutes: null,
      core_minutes: null,
      deep_minutes: null,
      rem_minutes: null,
      unspecified_minutes: null,
      naps_minutes: null,
    },
    sources: [],
    upload_ids: ['u1'],
    digest: `digest-${date}-${steps}`,
  }
}

function sample(id: string): Sample {
  return {
    id,
    type: 'steps',
    start: 1_772_000_000_000,
    end: 1_772_000_060_000,
    value: 12,
    unit: 'count',
    source: { name: 'Watch', bundle_id: null, product: 'Watch6,7' },
    user_entered: false,
    timezone: 'Europe/Berlin',
    timezone_source: 'upload',
    verdict: 'accepted',
    base_verdict: 'accepted',
    upload_ids: ['u1'],
  }
}

const shard = (utc_date: string, ids: string[]): SampleShard => ({
  utc_date,
  samples: ids.map(sample),
})

describe('days in Firestore', () => {
  let cloud: StoreUnderTest
  beforeEach(async () => {
    cloud = await storeOnLocalCloud()
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  it('give back the shards, days and settings that a merge wrote', async () => {
    const { days, users } = cloud.store
    const written = shard('2026-03-01', ['A', 'B'])
    await days.merge(user, {
      uploadId: null,
      utcDates: ['2026-03-01'],
      build: ({ shards }) => {
        expect(shards).toEqual([])
        return { shards: [written], days: [day('2026-03-01', 5)], user: CURRENT }
      },
    })
    expect(await days.samples(user, ['2026-03-02', '2026-03-01'])).toEqual([written])
    expect(await days.sampleDates(user)).toEqual(['2026-03-01'])
    expect(await days.summaries(user, '2026-03-01', '2026-03-01')).toEqual([day('2026-03-01', 5)])
    expect(await users.get(user)).toMatchObject(CURRENT)
  })

  it('hold a day of more than a document by splitting it, and drop the parts of a day that shrank', async () => {
    const { days } = cloud.store
    const ids = Array.from({ length: 40_000 }, () => randomBytes(32).toString('hex'))
    const write = (content: SampleShard): Promise<unknown> =>
      days.merge(user, {
        uploadId: null,
        utcDates: ['2026-03-01'],
        build: () => ({ shards: [content], days: [] }),
      })
    await write(shard('2026-03-01', ids))
    expect((await days.samples(user, ['2026-03-01']))[0]?.samples.map(({ id }) => id)).toEqual(ids)
    await write(shard('2026-03-01', ['A']))
    expect(await days.samples(user, ['2026-03-01'])).toEqual([shard('2026-03-01', ['A'])])
    await write(shard('2026-03-01', []))
    expect(await days.sampleDates(user)).toEqual([])
  })

  it('lose nothing when eight merges of one day run at once', async () => {
    const { days } = cloud.store
    const add = (id: string): Promise<unknown> =>
      days.merge(user, {
        uploadId: null,
        utcDates: ['2026-03-01'],
        build: ({ shards }) => {
          const present = shards[0]?.samples.map((each) => each.id) ?? []
          return { shards: [shard('2026-03-01', [...present, id].sort())], days: [] }
        },
      })
    const ids = [...'ABCDEFGH']
    await Promise.all(ids.map(add))
    expect((await days.samples(user, ['2026-03-01']))[0]?.samples.map(({ id }) => id)).toEqual(ids)
  })

  it('list a range and the newest dates, oldest first', async () => {
    const { days } = cloud.store
    const dates = ['2026-03-01', '2026-03-03', '2026-03-02', '2026-04-01']
    await days.merge(user, {
      uploadId: null,
      utcDates: [],
      build: () => ({ shards: [], days: dates.map((date) => day(date, 1)) }),
    })
    expect((await days.summaries(user, '2026-03-02', '2026-03-31')).map(({ date }) => date)).toEqual([
      '2026-03-02',
      '2026-03-03',
    ])
    expect(await days.lastDates(user, 2)).toEqual(['2026-03-03', '2026-04-01'])
  })

  it('let a merge read other days and shards in its own transaction', async () => {
    const { days } = cloud.store
    const before = shard('2026-02-28', ['A'])
    await days.merge(user, {
      uploadId: null,
      utcDates: [],
      build: () => ({ shards: [before], days: [day('2026-02-28', 7)] }),
    })
    await days.merge(user, {
      uploadId: null,
      utcDates: ['2026-03-01'],
      build: async ({ read }) => {
        expect(await read.shards(['2026-02-28', '2026-03-01'])).toEqual([before])
        const { date, timezone, digest } = day('2026-02-28', 7)
        expect(await read.lastDays(3)).toEqual([{ date, timezone, digest }])
        expect(await read.days('2026-02-01', '2026-02-28')).toEqual([day('2026-02-28', 7)])
        return { shards: [], days: [], removedDays: ['2026-02-28'] }
      },
    })
    expect(await days.summaries(user, '2026-02-01', '2026-03-31')).toEqual([])
  })

  it('tell a merge the newest days, also once newer ones came and the newest is removed', async () => {
    const { days } = cloud.store
    const dates = Array.from({ length: 70 }, (_, index) =>
      new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    )
    const write = (result: Pick<MergeResult, 'days' | 'removedDays'>) =>
      days.merge(user, { uploadId: null, utcDates: [], build: () => ({ shards: [], ...result }) })
    const newest = async () => {
      let found: readonly string[] = []
      const build = async ({ read }: MergeState) => {
        found = (await read.lastDays(64)).map(({ date }) => date)
        return { shards: [], days: [] }
      }
      await days.merge(user, { uploadId: null, utcDates: [], build })
      return found
    }
    await write({ days: dates.slice(0, 66).map((date) => day(date, 1)) })
    expect(await newest()).toEqual(dates.slice(2, 66))
    await write({ days: dates.slice(66).map((date) => day(date, 1)), removedDays: ['2026-05-01'] })
    expect(await newest()).toEqual(dates.slice(6))
    await write({ days: [], removedDays: [dates[69]!] })
    expect(await newest()).toEqual(dates.slice(5, 69))
  })

  it('let a merge leave out shards that reach none of its civil dates', async () => {
    const { days } = cloud.store
    const reaching = { ...shard('2026-02-28', ['A']), reach: { from: '2026-02-27', to: '2026-03-01' } }
    const apart = { ...shard('2026-02-27', ['B']), reach: { from: '2026-02-27', to: '2026-02-28' } }
    const unsaid = shard('2026-02-26', ['C'])
    await days.merge(user, {
      uploadId: null,
      utcDates: [],
      build: () => ({ shards: [reaching, apart, unsaid], days: [] }),
    })
    const dates = ['2026-02-26', '2026-02-27', '2026-02-28']
    const build = async ({ read }: MergeState) => {
      const found = await read.shards(dates, { dates: ['2026-03-01', '2026-03-02'], zones: new Set() })
      expect(found.map(({ utc_date }) => utc_date)).toEqual(['2026-02-26', '2026-02-28'])
      expect(await read.shards(dates)).toHaveLength(3)
      return { shards: [], days: [] }
    }
    await days.merge(user, { uploadId: null, utcDates: [], build })
  })

  it('let a merge see all sums where those around it are of several zones', async () => {
    const { days } = cloud.store
    const [before, same, other] = ['2026-02-26', '2026-02-27', '2026-02-28'].map((date, index) => {
      const { samples, ...rest } = shard(date, [`${index}`])
      const [timezone, type] = [index === 2 ? 'Asia/Tokyo' : 'UTC', index === 0 ? 'heart_rate' : 'step_count']
      const zoned = samples.map((each) => ({ ...each, type, timezone }))
      return { ...rest, samples: zoned, reach: { from: date, to: date } }
    })
    await days.merge(user, {
      uploadId: null,
      utcDates: [],
      build: () => ({ shards: [before!, same!, other!], days: [] }),
    })
    const build = async ({ read }: MergeState) => {
      const found = async (dates: readonly string[], zones: readonly string[]) => {
        const made = { dates: ['2026-03-05'], zones: new Set(zones) }
        return (await read.shards(dates, made)).map(({ utc_date }) => utc_date)
      }
      expect(await found(['2026-02-26', '2026-02-27'], ['UTC'])).toEqual([])
      expect(await found(['2026-02-26', '2026-02-27'], ['Asia/Tokyo'])).toEqual(['2026-02-27'])
      expect(await found(['2026-02-26', '2026-02-27', '2026-02-28'], [])).toEqual([
        '2026-02-27',
        '2026-02-28',
      ])
      return { shards: [], days: [] }
    }
    await days.merge(user, { uploadId: null, utcDates: [], build })
  })

  it('let a merge see every sum beside a shard whose zones nobody listed yet', async () => {
    const { days } = cloud.store
    const shards = ['2026-02-26', '2026-02-27'].map((date) => {
      const { samples, ...rest } = shard(date, ['A'])
      const steps = samples.map((each) => ({ ...each, type: 'step_count' }))
      return { ...rest, samples: steps, reach: { from: date, to: date } }
    })
    await days.merge(user, { uploadId: null, utcDates: [], build: () => ({ shards, days: [] }) })
    const read = async () => {
      const found: string[] = []
      const build = async (state: MergeState) => {
        const made = { dates: ['2026-03-05'], zones: new Set<string>() }
        const shardsRead = await state.read.shards(['2026-02-25', '2026-02-26', '2026-02-27'], made)
        found.push(...shardsRead.map(({ utc_date }) => utc_date))
        return { shards: [], days: [] }
      }
      await days.merge(user, { uploadId: null, utcDates: [], build })
      return found
    }
    expect(await read()).toEqual([])
    const firestore = new Firestore({ projectId: cloud.projectId })
    await firestore.doc(`users/${user}/sample-days/2026-02-26`).update({ sum_zones: FieldValue.delete() })
    await firestore.terminate()
    expect(await read()).toEqual(['2026-02-26', '2026-02-27'])
  })

  it('write nothing when the build fails, and pass its failure on', async () => {
    const { days } = cloud.store
    const build = (): never => {
      throw new TypeError('bug')
    }
    await expect(days.merge(user, { uploadId: null, utcDates: ['2026-03-01'], build })).rejects.toThrow(
      TypeError,
    )
    expect(await days.sampleDates(user)).toEqual([])
  })
})
