import type { Sample } from '@clarity/health-data'
import fc from 'fast-check'
import { daysInMemory, held, shardsHolding } from '../../tests/held-samples.ts'
import { readBuckets } from './read-buckets.ts'
import { readSamples } from './read-samples.ts'
import { spanOf } from './sample-query.ts'

const everything = { userId: 'u', ...spanOf({}, 'UTC') }
const DAY = 86_400_000
const first = Date.parse('2024-02-20T00:00:00Z')

const drawn = fc.record({
  day: fc.integer({ min: 0, max: 40 }),
  second: fc.integer({ min: 0, max: 86_399 }),
  minutes: fc.integer({ min: 0, max: 1800 }),
  value: fc.integer({ min: 30, max: 200 }),
  type: fc.constantFrom('heart_rate', 'step_count', 'HKThingOfTomorrow'),
})

function samplesOf(draws: readonly (typeof drawn extends fc.Arbitrary<infer T> ? T : never)[]): Sample[] {
  return draws.map(({ day, second, minutes, value, type }, index) => {
    const start = first + day * DAY + second * 1000
    const end = new Date(start + minutes * 60_000).toISOString()
    const base_verdict = type === 'HKThingOfTomorrow' ? 'unknown' : 'accepted'
    return held({
      id: `id-${index}`,
      type,
      value,
      base_verdict,
      verdict: base_verdict,
      start: new Date(start).toISOString(),
      end,
    })
  })
}

async function allPages<T>(
  read: (cursor?: { at: string; id: string }) => Promise<{ data: T[]; next: unknown }>,
) {
  const pages: T[][] = []
  let next: { at: string; id: string } | null | undefined
  do {
    const page = await read(next ?? undefined)
    pages.push(page.data)
    next = page.next as typeof next
  } while (next)
  return pages
}

describe('pages of samples', () => {
  it('joined are all samples in order, whatever the limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        async (draws, limit) => {
          const shards = shardsHolding(samplesOf(draws))
          const read = readSamples(daysInMemory(shards).days)
          const pages = await allPages((cursor) => read(everything, { limit, cursor }))
          const wanted = shards
            .flatMap(({ samples }) => samples)
            .filter(({ verdict }) => verdict !== 'duplicate')
            .map(({ id }) => id)
          expect(pages.flat().map(({ id }) => id)).toEqual(wanted)
          expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('neither repeat nor lose a sample when others are merged between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { maxLength: 40 }),
        fc.array(drawn, { maxLength: 10 }),
        async (draws, late) => {
          const before = samplesOf(draws).map((sample) => ({ ...sample, id: `early-${sample.id}` }))
          const shards = shardsHolding(before)
          const read = readSamples(daysInMemory(shards).days)
          const page = await read(everything, { limit: 7 })
          const readLater = readSamples(daysInMemory(shardsHolding([...before, ...samplesOf(late)])).days)
          const rest = await allPages((cursor) =>
            readLater(everything, { limit: 7, cursor: cursor ?? page.next ?? undefined }),
          )
          const seen = [...page.data, ...(page.next ? rest.flat() : [])].map(({ id }) => id)
          expect(new Set(seen).size).toBe(seen.length)
          const stillThere = shardsHolding([...before, ...samplesOf(late)])
            .flatMap(({ samples }) => samples)
            .filter(({ id, verdict }) => id.startsWith('early') && verdict !== 'duplicate')
          const early = new Set(seen.filter((id) => id.startsWith('early')))
          if (page.next) for (const { id } of stillThere) expect(early.has(id)).toBe(true)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of hours and days joined are those of all samples at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('hour' as const, 'day' as const),
        async (draws, limit, width) => {
          const { days } = daysInMemory(shardsHolding(samplesOf(draws)))
          const read = readBuckets(days)
          const paged = await allPages((cursor) => read({ ...everything, width }, { limit, cursor }))
          const whole = await read({ ...everything, width }, { limit: 100_000 })
          expect(paged.flat()).toEqual(whole.data)
        },
      ),
      { numRuns: 60 },
    )
  })

  const everyDay = (days: number): Sample[] =>
    Array.from({ length: days }, (_, day) =>
      held({ id: `id-${day}`, start: new Date(first - day * DAY).toISOString() }),
    )

  it('cost what they hold, not what is held', async () => {
    for (const days of [60, 1800]) {
      const memory = daysInMemory(shardsHolding(everyDay(days)))
      await readSamples(memory.days)(everything, { limit: 5 })
      expect(memory.counted.reads).toBeLessThanOrEqual(40)
      memory.counted.reads = 0
      await readBuckets(memory.days)({ ...everything, width: 'day' }, { limit: 5 })
      expect(memory.counted.reads).toBeLessThanOrEqual(40)
    }
  })

  it('are short where a filter passes hardly anything, and go on from there', async () => {
    const rare = held({
      id: 'rare',
      start: new Date(first + DAY).toISOString(),
      source: { name: 'Ring', bundle_id: null, product: null },
    })
    const memory = daysInMemory(shardsHolding([...everyDay(900), rare]))
    const query = { ...everything, source: 'Ring' }
    const samples = await allPages((cursor) => readSamples(memory.days)(query, { limit: 5, cursor }))
    expect(samples.map((page) => page.length)).toEqual([0, 0, 1])
    const days = await allPages((cursor) =>
      readBuckets(memory.days)({ ...query, width: 'day' }, { limit: 5, cursor }),
    )
    expect(days.flat()).toHaveLength(1)
    expect(days.length).toBeGreaterThan(2)
  })
})
