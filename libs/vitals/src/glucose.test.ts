import { glucoseSummary } from './glucose.ts'
import { everyMinutes, readingsOf } from './testing/readings-of.ts'

const repeat = (count: number, value: number) => Array.from({ length: count }, () => value)

describe('glucose', () => {
  it('has the shares of time in the consensus ranges, which are open below and above', () => {
    const values = [
      ...repeat(6, 53),
      ...repeat(6, 69),
      ...repeat(12, 70),
      ...repeat(12, 180),
      ...repeat(6, 250),
      ...repeat(6, 251),
    ]
    const { value } = glucoseSummary(everyMinutes(15, values))
    expect(value).toMatchObject({
      readings: 48,
      lowest: 53,
      highest: 251,
      shares: { below54: 12.5, below70: 25, from70To180: 50, above180: 25, above250: 12.5 },
    })
  })

  it('lets a reading stand for fifteen minutes at most', () => {
    const day = [...everyMinutes(15, repeat(24, 100)), ...readingsOf([2000, 300])]
    expect(glucoseSummary(day).value?.shares?.above250).toBe(4)
  })

  it('has no shares of time from finger pricks, and no variation from one', () => {
    expect(glucoseSummary(readingsOf([0, 90], [300, 110])).value).toEqual({
      readings: 2,
      mean: 100,
      lowest: 90,
      highest: 110,
      variation: 100 * (Math.sqrt(200) / 100),
    })
    expect(glucoseSummary(readingsOf([0, 90])).value).toEqual({
      readings: 1,
      mean: 90,
      lowest: 90,
      highest: 90,
    })
  })

  it('is null without a reading that is a number', () => {
    const reason = 'no glucose was measured'
    expect(glucoseSummary([])).toEqual({ value: null, reason })
    expect(glucoseSummary(readingsOf([0, NaN], [1, -1]))).toEqual({ value: null, reason })
  })
})
