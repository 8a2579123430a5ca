import fc from 'fast-check'
import { everyMinutes, readingsOf } from './testing/readings-of.ts'
import { held, heldMinutes } from './readings.ts'
import { timeWeightedMean } from './time-weighted.ts'

const hour = { start: 0, end: 3_600_000, value: 60 }

describe('the time-weighted mean', () => {
  it.each([
    ['the plain mean of equal spacing', everyMinutes(5, [60, 70, 80]), (5 * 60 + 5 * 70 + 10 * 80) / 20],
    [
      'weighted by the time to the next reading',
      readingsOf([0, 60], [2, 90], [8, 60]),
      (2 * 60 + 6 * 90 + 10 * 60) / 18,
    ],
    ['capped across a gap', readingsOf([0, 60], [600, 90]), 75],
    ['that of an average over its own length', [hour, { start: 3_600_000, end: 3_600_000, value: 130 }], 70],
    ['the value of one reading', readingsOf([0, 61]), 61],
    [
      'the same for repeated readings',
      readingsOf([0, 60], [0, 60], [5, 70], [5, 70]),
      (5 * 60 + 10 * 70) / 15,
    ],
    ['the same in any order', readingsOf([8, 60], [0, 60], [2, 90]), (2 * 60 + 6 * 90 + 10 * 60) / 18],
    ['without what is no number or negative', readingsOf([0, 60], [1, NaN], [2, -5], [3, Infinity]), 60],
  ])('is %s', (_, readings, expected) => {
    expect(timeWeightedMean(readings, 10).value).toBeCloseTo(expected, 12)
  })

  it.each([
    ['no reading', []],
    ['no number', readingsOf([0, NaN])],
    ['a reading that ends before it starts', [{ start: 5, end: 1, value: 60 }]],
  ])('is null for %s', (_, readings) => {
    expect(timeWeightedMean(readings, 10)).toEqual({ value: null, reason: 'no readings' })
  })

  it('lies between the extremes, and readings stand for no more than the cap each', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 20_160 }), fc.integer({ min: 30, max: 220 })), {
      minLength: 1,
    })
    fc.assert(
      fc.property(pairs, (given) => {
        const readings = readingsOf(...given)
        const values = given.map(([, value]) => value)
        const mean = timeWeightedMean(readings, 10).value!
        expect(mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9)
        expect(mean).toBeLessThanOrEqual(Math.max(...values) + 1e-9)
        expect(heldMinutes(held(readings, 10))).toBeLessThanOrEqual(10 * given.length)
      }),
      { numRuns: 50 },
    )
  })
})
