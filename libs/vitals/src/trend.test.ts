import { trendOf } from './trend.ts'

const daily = (values: readonly number[]) => values.map((value, day) => ({ day, value }))
const SERIES = [44, 45, 41, 52, 58, 60, 61, 50, 49, 57]

describe('the trend', () => {
  // Slope: SciPy `theilslopes`; interval: Hollander & Wolfe's table, k(0.025, 10) = 23, thus slopes 12 and 34 of 45.
  it('is the median slope a week, with the interval by Kendall’s exact distribution', () => {
    const { value } = trendOf(daily(SERIES))
    expect(value).toMatchObject({ days: 10 })
    expect(value?.perWeek).toBeCloseTo((7 * 13) / 9, 12)
    expect(value?.low).toBeCloseTo(-4.2, 12)
    expect(value?.high).toBeCloseTo(24.5, 12)
  })

  it('is exact for a line, with no width', () => {
    expect(trendOf(daily([1, 3, 5, 7, 9, 11, 13])).value).toEqual({ perWeek: 14, low: 14, high: 14, days: 7 })
  })

  it('is 0 for a constant series', () => {
    expect(trendOf(daily(Array.from({ length: 35 }, () => 50))).value).toMatchObject({
      perWeek: 0,
      low: 0,
      high: 0,
    })
  })

  it('does not depend on the order, on missing days or on values that are no numbers', () => {
    const gappy = [0, 2, 4, 8, 16, 20, 30].map((day) => ({ day, value: 50 - day / 7 }))
    const disturbed = [...gappy.toReversed(), { day: 5, value: NaN }]
    expect(trendOf(disturbed).value?.perWeek).toBeCloseTo(-1, 12)
    expect(trendOf(disturbed)).toEqual(trendOf([...gappy, { day: 5, value: NaN }]))
  })

  it('takes two values of one day as no pair', () => {
    const twice = [...daily([1, 2, 3, 4, 5, 6, 7]), { day: 3, value: 4 }]
    expect(trendOf(twice).value).toMatchObject({ perWeek: 7, days: 7 })
  })

  it.each([
    ['no day', [], 0],
    ['six days', [1, 2, 3, 4, 5, 6], 6],
    ['values that are no numbers', [NaN, NaN, NaN, NaN, NaN, NaN, NaN], 0],
  ])('is null with a reason for %s', (_, values, days) => {
    expect(trendOf(daily(values))).toEqual({ value: null, reason: `a trend needs 7 days, there are ${days}` })
  })

  it('has an interval that holds the slope of noise around it', () => {
    const noisy = Array.from({ length: 35 }, (_, day) => ({ day, value: day / 7 + ((day * 7919) % 13) / 5 }))
    const { value } = trendOf(noisy)
    expect(value!.low).toBeLessThan(1)
    expect(value!.high).toBeGreaterThan(1)
    expect(value!.high - value!.low).toBeLessThan(1)
  })
})
