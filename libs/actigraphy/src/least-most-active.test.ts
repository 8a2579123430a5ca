import { activityByDay, leastActive5Hours, mostActive10Hours } from './least-most-active.ts'
import { averageHours } from './recording.ts'

const days = (count: number, value: (minute: number) => number, startMinuteOfDay = 0) => ({
  minutes: Float64Array.from({ length: count * 1440 }, (_, index) => value(startMinuteOfDay + index)),
  startMinuteOfDay,
})

describe('the least and most active hours', () => {
  it('are found in the hourly profile by whole hours', () => {
    const hours = averageHours(days(3, (minute) => (minute % 1440 < 300 ? 0 : 60)))
    expect(leastActive5Hours(hours)).toEqual({ mean: 0, onsetMinute: 0, ties: 1 })
    expect(mostActive10Hours(hours)).toEqual({ mean: 60, onsetMinute: 300, ties: 10 })
  })

  it('run across midnight in the average day, and never by day', () => {
    const recording = days(2, (minute) => ((minute + 120) % 1440 < 300 ? 0 : 60))
    expect(leastActive5Hours(averageHours(recording))).toMatchObject({ mean: 0, onsetMinute: 1320 })
    expect(activityByDay(recording)[0]).toMatchObject({ l5: { mean: 24, onsetMinute: 0 } })
  })

  it('by day leave out what is not a whole day', () => {
    const recording = days(3, () => 5, 838)
    expect(activityByDay(recording).map(({ index }) => index)).toEqual([602, 2042])
    expect(activityByDay(days(1, () => 5, 1))).toEqual([])
  })

  it('by day have no window where each has an unobserved minute', () => {
    const recording = days(1, (minute) => (minute % 400 === 0 ? NaN : 1))
    expect(activityByDay(recording)).toEqual([
      {
        index: 0,
        l5: expect.objectContaining({ mean: 1, onsetMinute: 1 }),
        m10: null,
        relativeAmplitude: null,
      },
    ])
  })
})
