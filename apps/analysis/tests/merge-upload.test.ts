import type { Sample, Tombstone } from '@clarity/health-data'
import { createMergeRounds } from '../src/use-cases/merge-rounds.ts'
import { createSampleSpool } from '../src/reading/sample-spool.ts'
import { sample } from './measure-fixtures.ts'
import { daysInMemory } from './support/days-in-memory.ts'

const upload = { user_id: 'anna', upload_id: 'upload-1' } as never
const MODEL = 'a'.repeat(64)

const START = Date.UTC(2026, 2, 1)
const minutes = (count: number, stepMs = 60_000): Sample[] =>
  Array.from({ length: count }, (_, index) => {
    const start = new Date(START + index * stepMs).toISOString()
    return sample(start, start, { id: `sample-${index}` })
  })

async function merged(rounds: readonly (readonly Sample[])[], tombstones: readonly Tombstone[] = []) {
  const { store, days, touched, current } = daysInMemory()
  const merging = createMergeRounds(store, { upload, modelSha256: MODEL })
  const spool = createSampleSpool({ held: 50, packedBytes: 1e9 })
  for (const samples of rounds.slice(0, -1)) {
    spool.add(samples)
    await merging.merge(spool)
  }
  spool.add(rounds.at(-1) ?? [])
  const analysisId = await merging.finish(spool, tombstones)
  return { analysisId, current, tally: merging.tally(), days, touched }
}

const digests = ({ days }: Awaited<ReturnType<typeof merged>>) =>
  new Map([...days].map(([date, { digest }]) => [date, digest]))

describe('an upload that is merged in rounds', () => {
  const all = minutes(3000)

  it('ends in the same days, counts and analysis as one that is merged at once', async () => {
    const atOnce = await merged([all])
    const even = (index: number) => index % 2 === 0
    const inRounds = await merged([
      all.filter((_, index) => even(index)),
      all.filter((_, index) => !even(index)),
      [],
    ])
    expect(digests(inRounds)).toEqual(digests(atOnce))
    expect(inRounds.tally).toEqual(atOnce.tally)
    expect(inRounds.tally).toMatchObject({ accepted: 3000, duplicate: 0 })
    expect(inRounds.analysisId).toBe(atOnce.analysisId)
    // Its last transaction alone names it.
    expect(inRounds.current).toEqual([atOnce.analysisId])
  })

  it('counts a sample that comes in two rounds once, and its second mention as a duplicate', async () => {
    const { tally } = await merged([all, all.slice(0, 100)])
    expect(tally).toMatchObject({ accepted: 3000, duplicate: 100 })
  })

  it('names no analysis where it brought nothing', async () => {
    expect(await merged([[]])).toMatchObject({ analysisId: null, current: [] })
  })

  it('applies its deletions to what an earlier round brought', async () => {
    const { tally, touched } = await merged([all, []], [{ id: 'sample-7', upload_ids: ['upload-1'] }])
    expect(tally).toMatchObject({ accepted: 2999, deleted: 1 })
    // The one date that holds the sample.
    expect(touched.at(-1)).toBe(1)
  })
})
