import type { Sample } from '@clarity/health-data'
import { EMBEDDING_SIZE, type PatModel, loadPatModel } from '@clarity/pat-model'
import { join } from 'node:path'
import { createAnalyseWindow } from '../src/use-cases/analyse-window.ts'
import { hourly, input, inputOf, merged } from './measure-fixtures.ts'

const REQUEST = {
  userId: 'anna',
  uploadId: 'upload-1',
  at: '2026-03-08T08:00:00.000Z',
  signal: new AbortController().signal,
}
const DAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-03-0${day}`)

const NO_ANALYSES = { lastWeekBefore: () => Promise.resolve([]) }

describe('the analysis of a window', () => {
  let model: PatModel
  beforeAll(async () => {
    model = await loadPatModel({ modelDir: join(import.meta.dirname, '../../../models/pat-s') })
  })
  afterAll(() => model[Symbol.asyncDispose]())

  async function analysisOf(samples: readonly Sample[]) {
    const chosen = await inputOf(samples, { modelSha256: model.identity })
    return createAnalyseWindow(model, NO_ANALYSES)(chosen!, REQUEST)
  }
  const days = (count: number, value?: number) =>
    DAYS.slice(-count).flatMap((date) =>
      hourly(date, [8, 20]).map((one, hour) => ({ ...one, value: value ?? 10 + hour })),
    )

  it('embeds four valid days, names the model and rests nothing on it', async () => {
    const { pat, window, quality } = await analysisOf(days(4))
    const { name, sha256, provenance } = model.manifest
    expect(pat).toMatchObject({
      status: 'computed',
      input: 'steps',
      validated: false,
      model: { name, sha256, provenance },
      heads: {},
    })
    expect(pat).not.toHaveProperty('reason')
    expect(pat.embedding).toHaveLength(EMBEDDING_SIZE)
    expect(pat.attention_by_hour).toHaveLength(24)
    expect(pat.attention_by_hour!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4)
    expect(pat.drift).toMatchObject({ value: null, reason: 'needs 3 earlier weeks, there are 0' })
    expect(window).toEqual({
      start: DAYS[0],
      end: DAYS[6],
      timezone: 'UTC',
      valid_days: 4,
      coverage: 2880 / 10_080,
    })
    expect(quality).toMatchObject({ observed_minutes: 2880, window_minutes: 10_080 })
    expect(quality.imputed_share).toBeCloseTo(1 - 2880 / 10_080, 12)
    expect(quality.days.map(({ valid }) => valid)).toEqual([false, false, false, true, true, true, true])
  })

  it('gives equal bytes for equal samples', async () => {
    const [left, right] = [await analysisOf(days(5)), await analysisOf(days(5).reverse())]
    expect(JSON.stringify(left)).toBe(JSON.stringify(right))
  })

  it('abstains below four valid days', async () => {
    const { pat } = await analysisOf(days(3))
    expect(pat).toMatchObject({
      status: 'abstained',
      reason: 'needs 4 valid days, the window has 3',
      embedding: null,
    })
  })

  it('abstains where the observed minutes do not vary', async () => {
    // Recorded zeros: somebody counted, and nothing moved.
    const still = DAYS.flatMap((date) => hourly(date, [0, 24], { value: 0 }))
    const { pat, rhythm } = await analysisOf(still)
    expect(pat).toMatchObject({
      status: 'abstained',
      reason: 'the observed minutes do not vary',
      embedding: null,
    })
    expect(rhythm.interdaily_stability).toMatchObject({
      value: null,
      reason: 'undefined for a series without variance',
    })
    expect(rhythm.relative_amplitude).toMatchObject({ value: null, reason: 'undefined where nothing moved' })
    expect([rhythm.l5.value, rhythm.m10.value, rhythm.cosinor_amplitude.value]).toEqual([0, 0, 0])
    expect(rhythm.cosinor_peak.value).toBeNull()
  })

  it('abstains where no steps were recorded, and takes no heart rate for stillness', async () => {
    const pulse = DAYS.flatMap((date) => hourly(date, [0, 24], { type: 'heart_rate', value: 60 }))
    const { pat, rhythm } = await analysisOf(pulse)
    expect(pat).toMatchObject({ status: 'abstained', reason: 'no steps were recorded in the window' })
    expect(Object.values(rhythm).filter(({ value }) => value !== null)).toEqual([])
  })

  it('abstains where no minute was observed', async () => {
    const { days: held } = (await merged(days(4))).result
    const { pat, rhythm, window } = await createAnalyseWindow(model)(input([], { days: held }), REQUEST)
    expect(pat).toMatchObject({ status: 'abstained', reason: 'no steps were recorded in the window' })
    expect(window.coverage).toBe(0)
    expect(rhythm.l5).toMatchObject({
      value: null,
      reason: 'no steps were recorded in the window',
    })
    expect(rhythm.cosinor_mesor).toMatchObject({
      value: null,
      reason: 'no steps were recorded in the window',
    })
  })

  it('takes the means of valid days alone', async () => {
    const thin = hourly(DAYS[0]!, [8, 10]).map((one) => ({ ...one, value: 300 }))
    const { activity } = await analysisOf([...thin, ...days(4, 10)])
    expect(activity.steps_per_day).toMatchObject({
      value: 120,
      method: 'mean of the day summaries over 4 of 4 valid days',
    })
  })

  it('scores no sleep from steps', async () => {
    const { rhythm } = await analysisOf(days(4))
    expect(rhythm.sleep_regularity_index).toMatchObject({
      value: null,
      reason: 'needs sleep/wake scoring, which steps do not allow',
    })
  })
})
