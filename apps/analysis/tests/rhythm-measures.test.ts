import type { Recording } from '@clarity/actigraphy'
import { rhythmMeasures } from '../src/measures/rhythm-measures.ts'
import { hasStepMinutes } from '../src/measures/step-grid.ts'
import { input, sample } from './measure-fixtures.ts'

const recording: Recording = {
  minutes: Float64Array.from({ length: 7 * 1440 }, (_, minute) =>
    minute % 1440 < 480 ? 0 : 10 + (minute % 7),
  ),
  startMinuteOfDay: 0,
}

describe('the rhythm of steps', () => {
  it('has a value for everything but sleep where the days suffice', () => {
    const { sleep_regularity_index, ...rhythm } = rhythmMeasures(recording, { hasSteps: true, validDays: 7 })
    expect(Object.values(rhythm).filter(({ value }) => value === null)).toEqual([])
    expect(sleep_regularity_index).toMatchObject({
      value: null,
      reason: expect.stringContaining('sleep/wake scoring'),
    })
  })

  it('says nothing of regularity from day to day on a single valid day', () => {
    const rhythm = rhythmMeasures(recording, { hasSteps: true, validDays: 1 })
    expect(rhythm.interdaily_stability).toMatchObject({
      value: null,
      reason: 'needs 2 valid days, the window has 1',
    })
    expect(rhythm.m10.value).not.toBeNull()
  })

  it.each([
    [{ hasSteps: true, validDays: 0 }, 'needs 1 valid day, the window has 0'],
    [{ hasSteps: false, validDays: 7 }, 'no steps were recorded in the window'],
  ])('is null throughout with %j', (evidence, reason) => {
    for (const figure of Object.values(rhythmMeasures(recording, evidence))) {
      expect(figure).toMatchObject({ value: null, reason })
    }
  })

  it('of a person whose nights nobody recorded names no least active hours, and no amplitude', () => {
    const minutes = recording.minutes.map((steps, minute) => (minute % 1440 < 480 ? NaN : steps))
    const rhythm = rhythmMeasures({ ...recording, minutes }, { hasSteps: true, validDays: 7 })
    const reason = 'too little of the clock was observed to find a stretch of that length'
    for (const name of ['l5', 'l5_onset', 'relative_amplitude'] as const)
      expect(rhythm[name]).toMatchObject({ value: null, reason })
    expect(rhythm.m10.value).toBeGreaterThan(10)
  })

  it('that never changes has its level, and no time of day', () => {
    const minutes = new Float64Array(7 * 1440).fill(0.1)
    const rhythm = rhythmMeasures({ ...recording, minutes }, { hasSteps: true, validDays: 7 })
    expect(rhythm.l5.value).toBeCloseTo(0.1)
    expect(rhythm.l5_onset).toMatchObject({ value: null, reason: 'every stretch of that length is alike' })
    expect(rhythm.m10_onset.value).toBeNull()
    expect(rhythm.cosinor_amplitude.value).toBe(0)
    expect(rhythm.cosinor_peak).toMatchObject({ value: null, reason: 'a flat curve has no peak' })
  })

  it('counts a sum over a day, or what a person typed in, as no steps of a minute', () => {
    const day = sample('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', { value: 8000 })
    const typed = sample('2026-03-01T10:00:00Z', '2026-03-01T10:10:00Z', { user_entered: true })
    const heart = sample('2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', { type: 'heart_rate' })
    expect(hasStepMinutes(input([day, typed, heart]))).toBe(false)
    expect(hasStepMinutes(input([sample('2026-03-01T10:00:00Z', '2026-03-01T10:10:00Z')]))).toBe(true)
  })
})
