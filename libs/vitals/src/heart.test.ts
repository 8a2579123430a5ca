import { heartRateRecovery, nightDip } from './heart.ts'
import { MONDAY, readingsOf } from './testing/readings-of.ts'

const workout = { start: MONDAY, end: MONDAY + 30 * 60_000 }

describe('heart rate recovery', () => {
  it.each([
    [
      'the highest of the last minute less the rate a minute later',
      readingsOf([29.2, 168], [29.8, 171], [31, 140]),
      31,
    ],
    [
      'of the reading nearest to that minute',
      readingsOf([30, 160], [30.8, 150], [31.1, 141], [31.3, 130]),
      19,
    ],
    ['negative where the rate still rose', readingsOf([30, 120], [31, 125]), -5],
  ])('is %s', (_, readings, expected) => {
    expect(heartRateRecovery([workout], readings).value).toBe(expected)
  })

  it('is the largest of several workouts', () => {
    const second = { start: workout.end, end: workout.end + 30 * 60_000 }
    const readings = readingsOf([30, 150], [31, 140], [60, 170], [61, 130])
    expect(heartRateRecovery([workout, second], readings).value).toBe(40)
  })

  it.each([
    ['without a workout', [], readingsOf([30, 160], [31, 140]), 'no workout was recorded'],
    ['without readings', [workout], [], 'no workout has readings at its end and one minute after it'],
    [
      'with a late reading alone',
      [workout],
      readingsOf([30, 160], [31.5, 140]),
      'no workout has readings at its end and one minute after it',
    ],
    [
      'with readings that are no numbers',
      [workout],
      readingsOf([30, NaN], [31, 140]),
      'no workout has readings at its end and one minute after it',
    ],
  ])('is null %s', (_, workouts, readings, reason) => {
    expect(heartRateRecovery(workouts, readings)).toEqual({ value: null, reason })
  })
})

describe('the night dip', () => {
  it.each([
    [80, 64, 20],
    [70, 70, 0],
    [60, 66, -10],
  ])('from %d by day to %d by night is %d %%', (day, night, dip) => {
    expect(nightDip(day, night).value).toBeCloseTo(dip, 12)
  })

  it('is null where one of them is missing or the day is zero', () => {
    expect(nightDip(null, 60).value).toBeNull()
    expect(nightDip(70, null)).toEqual({ value: null, reason: 'needs heart rates of day and night' })
    expect(nightDip(0, 60)).toEqual({ value: null, reason: 'undefined for a rate of zero' })
  })
})
