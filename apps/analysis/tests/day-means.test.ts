import { emptySummary } from '@clarity/health-data'
import { dayMeans } from '../src/measures/day-means.ts'

const empty = emptySummary('2026-03-01', 'UTC')

describe('the means of the days', () => {
  it('are over the days that have the figure', () => {
    const rows = [{ ...empty, steps: 4000 }, { ...empty, steps: 7000 }, empty]
    expect(dayMeans(rows).activity.steps_per_day).toEqual({
      value: 5500,
      unit: 'steps',
      method: 'mean of the day summaries over 2 of 3 valid days',
    })
  })

  it('count a measured zero', () => {
    const rows = [0, 10].map((flights) => ({ ...empty, flights }))
    expect(dayMeans(rows).activity.flights_per_day?.value).toBe(5)
  })

  it('average the extremes of the days', () => {
    const rows = [44, 50].map((min) => ({ ...empty, heart_rate: { count: 2, min, max: 100, mean: 70 } }))
    expect(dayMeans(rows).heart).toMatchObject({ lowest_rate: { value: 47 }, highest_rate: { value: 100 } })
  })

  it('are null with a reason wherever nothing was measured', () => {
    const sections = Object.values(dayMeans([empty]))
    const measures = sections.flatMap((section) => Object.values(section))
    expect(measures).toHaveLength(18)
    for (const measure of measures) {
      expect(measure).toMatchObject({ value: null, reason: 'not measured on any valid day' })
    }
  })

  it('are null where no day is valid', () => {
    expect(dayMeans([]).hrv.sdnn).toEqual({
      value: null,
      unit: 'ms',
      method: 'mean of the day summaries over 0 of 0 valid days',
      reason: 'not measured on any valid day',
    })
  })
})
