import type { Sample } from '@clarity/health-data'
import { createSampleSpool } from '../src/reading/sample-spool.ts'
import { createMergeRounds } from '../src/use-cases/merge-rounds.ts'
import { hourly, inputOf, sample } from './measure-fixtures.ts'
import { daysInMemory } from './support/days-in-memory.ts'

const MODEL = 'a'.repeat(64)
const may = (day: number) => `2026-05-${String(day).padStart(2, '0')}`
const weekOfMay = Array.from({ length: 7 }, (_, index) => hourly(may(10 + index), [8, 20])).flat()

/** A person whose week is merged, and how to bring more; each answers the analysis that is current then. */
async function personWithWeek(samples: readonly Sample[] = weekOfMay) {
  const { store, readBesides } = daysInMemory()
  const bring = (more: readonly Sample[], { deleted = [] as readonly string[], model = MODEL } = {}) => {
    readBesides.length = 0
    const spool = createSampleSpool()
    spool.add(more)
    const upload = { user_id: 'anna', upload_id: 'upload-1' } as never
    const rounds = createMergeRounds(store, { upload, modelSha256: model })
    const tombstones = deleted.map((id) => ({ id, upload_ids: ['upload-1'] }))
    return rounds.finish(spool, tombstones)
  }
  return { first: await bring(samples), bring, readBesides }
}

describe('the current analysis', () => {
  it('stands, and none of its samples is read, where a day outside of window and baseline is merged', async () => {
    const { first, bring, readBesides } = await personWithWeek()
    expect(await bring(hourly('2026-01-10', [8, 20]))).toBe(first)
    expect(readBesides.filter((date) => date >= '2026-02')).toEqual([])
  })

  it('stands where the same samples come again', async () => {
    const { first, bring } = await personWithWeek()
    expect(await bring(weekOfMay)).toBe(first)
  })

  it('is that of the week as it is read', async () => {
    expect((await personWithWeek()).first).toBe((await inputOf(weekOfMay))?.analysisId)
  })

  it.each([
    ['a day of the window', hourly(may(12), [20, 21])],
    ['a day of the baseline', hourly('2026-04-20', [8, 20])],
    ['a newer valid day', hourly(may(17), [8, 20])],
    [
      'what reaches into the window',
      [sample(`${may(8)}T12:00:00Z`, `${may(10)}T11:00:00Z`, { id: 'reaches', value: 500 })],
    ],
  ])('is another where %s is merged', async (_, samples) => {
    const { first, bring } = await personWithWeek()
    const next = await bring(samples)
    expect(next).toMatch(/./)
    expect(next).not.toBe(first)
  })

  it('is another where a sample of the window is deleted', async () => {
    const { first, bring } = await personWithWeek()
    const left = weekOfMay.filter((_, index) => index !== 3)
    const next = await bring([], { deleted: [weekOfMay[3]!.id] })
    expect(next).not.toBe(first)
    expect(next).toBe((await inputOf(left))?.analysisId)
  })

  it('is another for another model', async () => {
    const { first, bring } = await personWithWeek()
    expect(await bring(weekOfMay, { model: 'b'.repeat(64) })).not.toBe(first)
  })

  it('is none where nothing is held', async () => {
    expect((await personWithWeek([])).first).toBeNull()
  })
})
