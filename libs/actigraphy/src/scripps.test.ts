import { activityCounts } from './activity-counts.ts'
import { scripps } from './scripps.ts'
import { formatSleepWake } from './sleep-wake.ts'

const score = (values: number[]) =>
  formatSleepWake(scripps(activityCounts({ minutes: Float64Array.from(values), startMinuteOfDay: 0 })))
const single = (count: number) => Array.from({ length: 16 }, (_, minute) => (minute === 3 ? count : 0))

describe('Scripps scoring', () => {
  // D around one movement is 0.204 w A, w = .0100 .0112 .0300 .0664 .0280 .0188 .0128 … from two minutes before it on:
  // it wakes a minute from A = 1/(0.204 w) = 490.2 437.7 163.4 73.8 175.1 260.7 383.0 415.4 415.4 437.7 437.7 662.4 765.9.
  it.each([
    [73, '1111111111111111'],
    [74, '1111011111111111'],
    [164, '1110011111111111'],
    [176, '1110001111111111'],
    [261, '1110000111111111'],
    [384, '1110000011111111'],
    [416, '1110000000111111'],
    [438, '1100000000001111'],
    [491, '1000000000001111'],
    [663, '1000000000000111'],
    [766, '1000000000000011'],
  ])('scores one minute of %d counts as %s', (count, expected) => {
    expect(score(single(count))).toBe(expected)
  })

  it('scores a minute by itself, and none as none', () => {
    expect(score([163])).toBe('1')
    expect(score([164])).toBe('0')
    expect(score([NaN, 0])).toBe('-1')
    expect(score([])).toBe('')
  })
})
