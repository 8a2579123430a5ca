import { activityCounts } from './activity-counts.ts'
import { sadeh } from './sadeh.ts'
import { formatSleepWake } from './sleep-wake.ts'

const counts = (values: number[]) =>
  activityCounts({ minutes: Float64Array.from(values), startMinuteOfDay: 0 })
const single = (count: number) => Array.from({ length: 13 }, (_, minute) => (minute === 6 ? count : 0))

describe('Sadeh scoring', () => {
  // One movement A among still minutes: MeanW5 = A/11, SDlast6 = A/√6 for it and the five after it, NAT = 0 or 1.
  // At the movement PS = 7.601 − 0.065 A/11 − 1.08 NAT − 0.056 A/√6 − 0.703 ln(A + 1).
  it.each([
    [49, 'PS = 3.441', '1111111111111'],
    [99, 'PS = 0.435', '1111111111111'],
    [100, 'PS = 1.479', '1111111111111'],
    [140, 'PS = 0.094', '1111111111111'],
    [145, 'PS = −0.074', '1111110111111'],
    // The five after it have no logarithm: 7.601 − 0.0288 A.
    [263, 'after it PS = 0.034', '1111110111111'],
    [265, 'after it PS = −0.023', '1111110000001'],
  ])('scores one minute of %d counts (%s) as %s', (count, _, expected) => {
    expect(formatSleepWake(sadeh(counts(single(count))))).toBe(expected)
  })

  // Without deviation PS = 7.601 − 0.065 A − 1.08 NAT − 0.703 ln(A + 1), with NAT = 11 for 50 ≤ A < 100.
  it.each([
    [5, 'PS = 6.016', '1'],
    [49, 'PS = 1.666', '1'],
    [50, 'PS = −10.293', '0'],
  ])('scores steady activity of %d counts (%s) as %s', (count, _, expected) => {
    expect(formatSleepWake(sadeh(counts(new Array<number>(31).fill(count))))[15]).toBe(expected)
  })

  it('with the rule of ActiLife calls sleep what lies above −4', () => {
    expect(formatSleepWake(sadeh(counts(single(265)), 'sadeh-actilife'))).toBe('1111111111111')
    expect(formatSleepWake(sadeh(counts(single(300)), 'sadeh-actilife'))).toBe('1111110111111')
  })

  it('scores a minute by itself, and none as none', () => {
    expect(formatSleepWake(sadeh(counts([0])))).toBe('1')
    expect(formatSleepWake(sadeh(counts([NaN])))).toBe('-')
    expect(formatSleepWake(sadeh(counts([])))).toBe('')
  })
})
