import { join } from 'node:path'
import {
  type PatModel,
  type ReferenceActivity,
  WEEK_MINUTES,
  loadPatModel,
  standardiseAgainst,
} from '@clarity/pat-model'
import { createEmbedWindow } from '../src/use-cases/embed-window.ts'

const minutes = Float64Array.from({ length: WEEK_MINUTES }, (_, minute) =>
  minute % 1440 < 400 ? NaN : minute % 97,
)
const week = {
  recording: { minutes, startMinuteOfDay: 90 },
  clockMinuteOf: (minute: number) => (minute + 90) % 1440,
  abstention: undefined,
  userId: 'anna',
  start: '2026-03-01',
  signal: new AbortController().signal,
}
const reference: ReferenceActivity = {
  name: 'walkers',
  unit: 'steps',
  provenance: 'made up',
  mean: Array.from({ length: WEEK_MINUTES }, (_, minute) => (minute % 1440) / 30),
  sd: Array.from({ length: WEEK_MINUTES }, (_, minute) => 5 + (minute % 7)),
  sha256: '0123456789ab'.padEnd(64, 'f'),
}
const WITHIN = 'within-person z-score of the window; unobserved minutes 0 afterwards'

describe('a window for the model', () => {
  let model: PatModel
  beforeAll(async () => {
    model = await loadPatModel({ modelDir: join(import.meta.dirname, '../../../models/pat-s') })
  })
  afterAll(() => model[Symbol.asyncDispose]())

  it('is standardised against an installed reference of its unit, which the result names', async () => {
    const { pat, imputedShare } = await createEmbedWindow({ ...model, reference })({
      ...week,
      input: 'steps',
    })
    const activity = Array.from(minutes, (minute) => (Number.isNaN(minute) ? null : minute))
    const { values } = standardiseAgainst(reference, { activity, clockMinuteOf: week.clockMinuteOf })
    expect(pat.embedding).toEqual(Array.from((await model.embed(values!)).embedding))
    expect(pat.standardisation).toBe(
      'z-score of each minute of the week against the reference walkers (sha256 0123456789ab); unobserved minutes 0 afterwards',
    )
    expect(imputedShare).toBeCloseTo(400 / 1440, 12)
  })

  it('is validated by a card that beats the baselines on counts within the person alone', async () => {
    const quality = { beats_baselines: true, summary: 'it does' }
    const carded = { ...model, manifest: { ...model.manifest, quality } }
    const validated = async (input: 'steps' | 'activity_counts', unit?: 'activity_counts') =>
      (
        await createEmbedWindow({ ...carded, ...(unit && { reference: { ...reference, unit } }) })({
          ...week,
          input,
        })
      ).pat.validated
    expect([
      await validated('activity_counts'),
      await validated('activity_counts', 'activity_counts'),
      await validated('steps'),
    ]).toEqual([true, false, false])
  })

  it('is standardised within the person where the reference has another unit', async () => {
    const asked = { ...week, input: 'activity_counts' } as const
    const [withReference, without] = await Promise.all([
      createEmbedWindow({ ...model, reference })(asked),
      createEmbedWindow(model)(asked),
    ])
    expect(withReference).toEqual(without)
    expect(without.pat).toMatchObject({ status: 'computed', standardisation: WITHIN })
  })
})
