import type { Sample } from '@clarity/health-data'
import { type AnalysisInput, readInput } from '../src/measures/analysis-input.ts'
import { currentAfter } from '../src/measures/analysis-window.ts'
import { mergeDays } from '../src/measures/merge-days.ts'
import { hourly, inputOf as inputOfSamples, merged, mergeState, sample } from './measure-fixtures.ts'

const SOURCE = { userId: 'anna', modelSha256: 'a'.repeat(64) }
const march = (day: number) => `2026-03-${String(day).padStart(2, '0')}`
const validDay = (day: number) => hourly(march(day), [8, 20])
const thinDay = (day: number) => hourly(march(day), [8, 17])

function inputOf(...samples: Sample[][]): Promise<AnalysisInput | null> {
  return inputOfSamples(samples.flat(), SOURCE)
}

describe('the window of an analysis', () => {
  it('is the seven civil days that end with the last valid day', async () => {
    const input = await inputOf(validDay(2), validDay(10), thinDay(11), thinDay(12))
    expect(input).toMatchObject({ start: march(4), end: march(10), timezone: 'UTC' })
    expect(input?.days.map(({ date }) => date)).toEqual([march(10)])
  })

  it('ends with the last day held where none is valid', async () => {
    expect(await inputOf(thinDay(3), thinDay(5))).toMatchObject({ start: '2026-02-27', end: march(5) })
  })

  it('counts ten clock hours as a valid day and nine as none', async () => {
    expect(await inputOf(hourly(march(3), [8, 18]), hourly(march(4), [8, 17]))).toMatchObject({
      end: march(3),
    })
  })

  it('leaves out the dates of a gap', async () => {
    const input = await inputOf(validDay(4), validDay(7), validDay(10))
    expect(input?.days.map(({ date }) => date)).toEqual([march(4), march(7), march(10)])
  })

  it('is none where nothing is held', async () => {
    expect(await inputOf([])).toBeNull()
  })

  it('is named by a merge as it is read afterwards, with what was stored before', async () => {
    const stored = (await merged(validDay(4))).result
    const state = mergeState(stored, [march(10)])
    const now = await mergeDays(state, { incoming: validDay(10), tombstones: [] })
    const both = mergeState({
      days: [...stored.days, ...now.result.days],
      shards: [...stored.shards, ...now.result.shards],
    })
    const input = await readInput(both.read, SOURCE)
    expect(input?.samples).toHaveLength(24)
    expect(input).toEqual(await inputOf(validDay(4), validDay(10)))
    const named = await currentAfter(state.read, now.result, SOURCE)
    expect(named).toEqual({ current_analysis_id: input?.analysisId })
  })

  it('forgets a stored day that this upload emptied', async () => {
    const stored = (
      await merged([...validDay(4), sample('2026-03-05T12:00:00Z', '2026-03-05T12:01:00Z', { id: 'x' })])
    ).result
    const state = mergeState(stored, [march(5)])
    const now = await mergeDays(state, { incoming: [], tombstones: [{ id: 'x', upload_ids: ['upload-2'] }] })
    const named = await currentAfter(state.read, now.result, SOURCE)
    expect(named).toEqual({ current_analysis_id: (await inputOf(validDay(4)))?.analysisId })
  })
})

describe('the zone of a window', () => {
  const evening = (day: number, zone: string) =>
    sample(`${march(day)}T23:30:00Z`, `${march(day)}T23:31:00Z`, {
      id: `evening ${day} ${zone}`,
      timezone: zone,
    })

  it('is that of its latest sample, and cuts all of its samples', async () => {
    const tokyo = hourly(march(9), [0, 14], { timezone: 'Asia/Tokyo' })
    const input = await inputOf(validDay(3), [evening(2, 'UTC')], tokyo)
    expect(input).toMatchObject({ start: march(3), end: march(9), timezone: 'Asia/Tokyo' })
    // The evening of the second in London is the morning of the third in Tokyo.
    expect(input?.samples.map(({ id }) => id)).toContain('evening 2 UTC')
  })

  it('leaves out what its own clock puts outside', async () => {
    const input = await inputOf(validDay(9), [evening(2, 'UTC')])
    expect(input).toMatchObject({ start: march(3), timezone: 'UTC' })
    expect(input?.samples.map(({ id }) => id)).not.toContain('evening 2 UTC')
  })

  it('keeps what reaches into its first minutes from the day before', async () => {
    const late = sample('2026-03-02T23:50:00Z', '2026-03-03T00:10:00Z', { id: 'late' })
    const input = await inputOf(validDay(9), [late])
    expect(input?.samples.map(({ id }) => id)).toContain('late')
    expect(input?.digest).not.toBe((await inputOf(validDay(9)))?.digest)
  })
})

describe('the identity of an analysis', () => {
  it('is the same for the same days, whatever upload brought them', async () => {
    const other = validDay(9).map((one) => ({ ...one, upload_ids: ['upload-9'] }))
    expect((await inputOf(other))?.analysisId).toBe((await inputOf(validDay(9)))?.analysisId)
  })

  it.each([
    ['person', { userId: 'bert' }],
    ['model', { modelSha256: 'b'.repeat(64) }],
  ])('is another for another %s', async (_title, change) => {
    const ids = [SOURCE, { ...SOURCE, ...change }].map(
      async (source) => (await inputOfSamples(validDay(9), source))?.analysisId,
    )
    const [left, right] = await Promise.all(ids)
    expect(left).not.toBe(right)
  })

  it('is another where a day of the window or of the baseline differs, and not where one before both does', async () => {
    const id = async (...samples: Sample[][]) => (await inputOf(...samples))?.analysisId
    const february = (day: number) => hourly(`2026-02-${String(day).padStart(2, '0')}`, [8, 20])
    const own = await id(validDay(9))
    expect(await id(validDay(9), validDay(8))).not.toBe(own)
    expect(await id(validDay(9), validDay(1))).not.toBe(own)
    // 28 days before the window's first day, and one more.
    expect(await id(validDay(9), february(3))).not.toBe(own)
    expect(await id(validDay(9), february(2))).toBe(own)
  })

  it('is the same where a day that it does not read comes', async () => {
    const own = (await inputOf(validDay(9)))?.analysisId
    // Neither valid nor reaching into the window: the day after it, and one before it.
    expect((await inputOf(validDay(9), thinDay(10)))?.analysisId).toBe(own)
    expect((await inputOf(validDay(9), hourly(march(2), [8, 11])))?.analysisId).toBe(own)
    expect((await inputOf(validDay(9), hourly(march(2), [13, 15])))?.analysisId).not.toBe(own)
  })

  it('is another where a sample of another day reaches into the window', async () => {
    const own = (await inputOf(validDay(9)))?.analysisId
    const long = sample('2026-03-01T12:00:00Z', '2026-03-03T11:00:00Z', { id: 'reaches', value: 500 })
    const early = sample('2026-03-09T16:00:00Z', '2026-03-09T16:01:00Z', { timezone: 'Asia/Tokyo' })
    expect((await inputOf(validDay(9), [long]))?.analysisId).not.toBe(own)
    expect((await inputOf(validDay(9), [early]))?.analysisId).not.toBe(own)
  })
})

describe('the baseline of an analysis', () => {
  it('is the valid days of the four weeks before the window, oldest first', async () => {
    const input = await inputOf(
      validDay(20),
      validDay(12),
      thinDay(11),
      validDay(3),
      hourly('2026-02-10', [8, 20]),
    )
    expect(input?.start).toBe(march(14))
    expect(input?.baseline.map(({ date }) => date)).toEqual([march(3), march(12)])
  })

  it('names the uploads of its days too', async () => {
    const old = validDay(3).map((one) => ({ ...one, upload_ids: ['upload-0'] }))
    expect((await inputOf(validDay(20), old))?.uploadIds).toEqual(['upload-0', 'upload-1'])
  })
})
