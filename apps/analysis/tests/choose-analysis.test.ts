import type { Sample } from '@clarity/health-data'
import { createSampleSpool } from '../src/reading/sample-spool.ts'
import { createChooseAnalysis } from '../src/use-cases/choose-analysis.ts'
import { createMergeRounds } from '../src/use-cases/merge-rounds.ts'
import { hourly, sample } from './measure-fixtures.ts'
import { daysInMemory } from './support/days-in-memory.ts'

const MODEL = 'a'.repeat(64)
const may = (day: number) => `2026-05-${String(day).padStart(2, '0')}`
const weekOfMay = Array.from({ length: 7 }, (_, index) => hourly(may(10 + index), [8, 20])).flat()

/** A person whose week is merged and chosen, and how to bring more. */
async function personWithWeek(samples: readonly Sample[] = weekOfMay) {
  const { store, readBesides } = daysInMemory()
  const choose = (modelSha256 = MODEL) =>
    createChooseAnalysis(store, modelSha256)({ userId: 'anna', uploadId: 'upload-1' })
  const bring = async (more: readonly Sample[], deleted: readonly string[] = []) => {
    const spool = createSampleSpool()
    spool.add(more)
    const rounds = createMergeRounds(store, { user_id: 'anna', upload_id: 'upload-1' } as never)
    const tombstones = deleted.map((id) => ({ id, upload_ids: ['upload-1'] }))
    await rounds.finish(spool, tombstones)
    readBesides.length = 0
  }
  await bring(samples)
  const first = (await choose())?.input
  readBesides.length = 0
  return { first, bring, choose, readBesides }
}

describe('the choice of what is to be analysed', () => {
  it('stands, and reads no sample, where a day outside of window and baseline is merged', async () => {
    const { first, bring, choose, readBesides } = await personWithWeek()
    await bring(hourly('2026-01-10', [8, 20]))
    expect(await choose()).toEqual({ standingId: first?.analysisId, input: null })
    expect(readBesides).toEqual([])
  })

  it('stands where the same samples come again', async () => {
    const { first, bring, choose } = await personWithWeek()
    await bring(weekOfMay)
    expect(await choose()).toEqual({ standingId: first?.analysisId, input: null })
  })

  it.each([
    ['a day of the window', hourly(may(12), [20, 21])],
    ['a day of the baseline', hourly('2026-04-20', [8, 20])],
    ['a newer valid day', hourly(may(17), [8, 20])],
    [
      'what reaches into the window',
      [sample(`${may(8)}T12:00:00Z`, `${may(10)}T11:00:00Z`, { id: 'reaches', value: 500 })],
    ],
  ])('is made anew where %s is merged', async (_, samples) => {
    const { first, bring, choose } = await personWithWeek()
    await bring(samples)
    const input = (await choose())?.input
    expect(input?.analysisId).toMatch(/./)
    expect(input?.analysisId).not.toBe(first?.analysisId)
  })

  it('is made anew where a sample of the window is deleted', async () => {
    const { first, bring, choose } = await personWithWeek()
    await bring([], [first?.samples[3]?.id ?? ''])
    expect((await choose())?.input?.samples).toHaveLength(weekOfMay.length - 1)
  })

  it('is made anew for another model', async () => {
    const { first, choose } = await personWithWeek()
    const input = (await choose('b'.repeat(64)))?.input
    expect(input?.digest).toBe(first?.digest)
    expect(input?.analysisId).not.toBe(first?.analysisId)
  })

  it('is none where no day is held', async () => {
    const { choose } = await personWithWeek([])
    expect(await choose()).toBeNull()
  })
})
