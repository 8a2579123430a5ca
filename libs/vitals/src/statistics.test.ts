import { finite, mean, median, robustSpread, standardDeviation } from './statistics.ts'

describe('the robust spread', () => {
  it.each([
    ['1.4826 MAD', [44, 45, 41, 52, 58, 60, 61, 50, 49, 57], 9.6369],
    ['1.4826 MAD of an odd number of values', [1, 2, 3, 4, 100], 1.4826],
    ['1.2533 mean deviations where more than half the values are equal', [57, 57, 57, 57, 61], 1.0026512],
    ['0 for a constant series', [57, 57, 57], 0],
    ['0 for one value', [57], 0],
  ])('is %s', (_, values, expected) => {
    expect(robustSpread(values)).toBeCloseTo(expected, 9)
  })

  it('is not moved by one absurd day', () => {
    expect(robustSpread([10, 11, 12, 13, 14, 15, 1e9])).toBe(robustSpread([10, 11, 12, 13, 14, 15, 16]))
  })
})

describe('the summaries of values', () => {
  it('are those of any textbook', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(mean([1, 2, 6])).toBe(3)
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.13809, 5)
  })

  it('are NaN of nothing, and numbers alone are kept', () => {
    expect([median([]), mean([]), robustSpread([]), standardDeviation([1])]).toEqual([NaN, NaN, NaN, NaN])
    expect(finite([1, NaN, Infinity, -2])).toEqual([1, -2])
  })
})
