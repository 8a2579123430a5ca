import { type Sample, syncIdentity } from '@clarity/health-data'
import fc from 'fast-check'
import { sample } from './measure-fixtures.ts'
import { type SentUpload, recordAfter } from './support/sent-uploads.ts'

const START = Date.UTC(2026, 2, 1)
const PHONE = { name: 'iPhone', bundle_id: null, product: 'iPhone15,2' }
const types = [
  'step_count',
  'heart_rate',
  'sleep_analysis',
  'sleep_night',
  'respiratory_rate',
  'active_energy_burned',
]
const extents = [{}, {}, { extent: 'bucket' }, { extent: 'missing' }] as const
const zones = ['UTC', 'America/New_York', 'Asia/Tokyo']
/** A stretch in one zone, one in another, and then one in which clients disagree. */
const zoneOf = (number: number) => zones[number < 40 ? Math.floor(number / 20) : number % zones.length]!
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const deletions = fc.uniqueArray(
  fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 100, max: 140 })),
  { maxLength: 4 },
)

const anySample = fc
  .record({
    type: fc.constantFrom(...types),
    number: fc.integer({ min: 0, max: 60 }),
    minutes: fc.integer({ min: 0, max: 400 }),
    version: fc.integer({ min: 0, max: 3 }),
    value: fc.integer({ min: 1, max: 5 }),
    isPhone: fc.boolean(),
  })
  .map(({ type, number, minutes, version, value, isPhone }): Sample => {
    // Where a sample starts is part of what it is: of its number, here. Sleep and sums lie around midnight, too.
    const start = START + number * 100 * 60_000
    const [from, to] = [start, start + minutes * 60_000].map((instant) => new Date(instant).toISOString())
    return sample(from!, to!, {
      id: idOf(number),
      timezone: zoneOf(number),
      type,
      value,
      ...(isPhone && { source: PHONE }),
      ...extents[number % extents.length],
      ...(version > 0 && { sync: { id: `sync-${number}`, version } }),
    })
  })

/** What writers correct: a version of a sync identifier starts anywhere, with a UUID of its own or without one. */
const anyVersion = fc
  .record({
    type: fc.constantFrom('step_count', 'heart_rate'),
    key: fc.integer({ min: 0, max: 3 }),
    version: fc.integer({ min: 0, max: 3 }),
    hour: fc.integer({ min: 0, max: 200 }),
    value: fc.integer({ min: 1, max: 5 }),
    hasUuid: fc.boolean(),
  })
  .map(({ type, key, version, hour, value, hasUuid }): Sample => {
    const sync = { id: `moved-${key}`, version }
    // A UUID names one content for good.
    const number = 100 + key * 10 + version
    const [at, amount] = hasUuid ? [number, version + 1] : [hour, value]
    const [from, to] = [0, 30].map((minute) =>
      new Date(START + at * 3_600_000 + minute * 60_000).toISOString(),
    )
    const id = hasUuid
      ? idOf(number + (type === 'step_count' ? 500 : 0))
      : syncIdentity({ type, source: PHONE, sync })
    return sample(from!, to!, { id, type, value: amount, source: PHONE, sync, unit: 'count' })
  })

/** The days and the last analysis's input that a sequence of uploads ends in, without the names of uploads. */
async function endOf(uploads: readonly SentUpload[], withdrawn?: string) {
  const { days, input } = await recordAfter(uploads, withdrawn)
  const samples = input?.samples.map(({ upload_ids: _, ...rest }) => rest)
  return {
    days: new Map([...days].map(([date, { digest, steps, sleep }]) => [date, { digest, steps, sleep }])),
    input: input && { id: input.id, digest: input.digest, samples },
  }
}

describe('uploads of one person', () => {
  it('end in the same days and the same analysis, however they are split, ordered and repeated', async () => {
    const samples = fc.array(fc.oneof(anySample, anyVersion), { minLength: 1, maxLength: 40 })
    const parts = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(samples, deletions, parts, async (all, numbers, split) => {
        const tombstones = numbers.map((number) => ({ id: idOf(number), upload_ids: [] }))
        const pieces = [0, 1, 2, 3].map((part) => ({
          name: `piece-${9 - part}`,
          samples: all.filter((_, index) => split[index % split.length] === part),
          tombstones: part === 1 ? tombstones : [],
        }))
        const late = { name: 'again', samples: all.slice(0, 10), tombstones: [] }
        const whole = { name: 'all', samples: all, tombstones }
        expect(await endOf([...pieces, late, whole])).toEqual(await endOf([whole]))
        const reversed = [...pieces].reverse()
        // No upload of all makes every day anew here.
        for (const order of [pieces, reversed]) expect(await endOf(order)).toEqual(await endOf([whole]))
        expect((await endOf([...reversed, { ...late, samples: all }])).days).toEqual(
          (await endOf([whole])).days,
        )
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  it('leave, once one of them is taken away, the days of the others', async () => {
    const samples = fc.array(fc.oneof(anySample, anyVersion), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(samples, samples, deletions, async (kept, withdrawn, numbers) => {
        const tombstones = numbers.map((number) => ({ id: idOf(number), upload_ids: [] }))
        const rest = { name: 'kept', samples: kept, tombstones }
        const gone = { name: 'gone', samples: withdrawn, tombstones: [] }
        const alone = await endOf([rest])
        expect(await endOf([rest, gone], 'gone')).toEqual(alone)
        expect(await endOf([gone, rest], 'gone')).toEqual(alone)
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
