import fc from 'fast-check'
import {
  MEAN_BIN_MINUTES,
  interdailyStability,
  intradailyVariability,
  meanStabilityVariability,
} from './stability-variability.ts'

/** Whole days whose hours hold the given values, in turn. */
const hourly = (days: number, values: number[]) => ({
  minutes: Float64Array.from(
    { length: days * 1440 },
    (_, minute) => values[Math.floor(minute / 60) % values.length]!,
  ),
  startMinuteOfDay: 0,
})

describe('stability and variability', () => {
  // A day of 12 hours at 1 and 12 at 0, each next day the reverse: the average day is flat but for the odd day out.
  it.each([
    [2, 0],
    [3, 1 / 9],
    [7, 1 / 49],
  ])('of %d days, each the reverse of the last, have an IS of %d', (days, expected) => {
    const values = Array.from({ length: 48 }, (_, hour) =>
      Number(Math.floor(hour / 12) % 4 === 1 || Math.floor(hour / 12) % 4 === 2),
    )
    expect(interdailyStability(hourly(days, values))).toBeCloseTo(expected, 12)
  })

  it('of hours that alternate have an IV of 4', () => {
    expect(intradailyVariability(hourly(7, [0, 10]))).toBeCloseTo(4, 12)
  })

  it('at 22 bin lengths take their mean', () => {
    const recording = hourly(3, [4, 1, 1, 9, 0, 0, 2])
    const means = meanStabilityVariability(recording)
    const average = (measure: (bin: number) => number) =>
      MEAN_BIN_MINUTES.reduce((sum, bin) => sum + measure(bin), 0) / 22
    expect(means.interdailyStability).toBeCloseTo(
      average((bin) => interdailyStability(recording, bin)!),
      12,
    )
    expect(means.intradailyVariability).toBeCloseTo(
      average((bin) => intradailyVariability(recording, bin)!),
      12,
    )
  })

  it('need a bin of the day on two days, or two bins beside each other', () => {
    expect(interdailyStability(hourly(1, [1, 2, 3]))).toBeNull()
    expect(intradailyVariability(hourly(1, [1, 2, 3]))).not.toBeNull()
    const apart = hourly(1, [1, 2, 3, 4])
    apart.minutes.forEach((_, minute) => Math.floor(minute / 60) % 2 === 1 && (apart.minutes[minute] = NaN))
    expect(intradailyVariability(apart)).toBeNull()
  })

  it('are undefined for a constant that binary fractions only come near to', () => {
    const constant = hourly(7, [0.1])
    expect(interdailyStability(constant)).toBeNull()
    expect(intradailyVariability(constant)).toBeNull()
    expect(meanStabilityVariability(constant)).toEqual({
      interdailyStability: null,
      intradailyVariability: null,
    })
  })

  it.each([0, -60, 7, 0.5, NaN, 2880])('take no bin of %d minutes', (bin) => {
    expect(() => interdailyStability(hourly(2, [1, 2]), bin)).toThrow(
      expect.objectContaining({ kind: 'invalid', details: expect.objectContaining({ code: 'bin_minutes' }) }),
    )
  })

  it('lie in their ranges, whatever the unit, with or without gaps', () => {
    const hour = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.constant(NaN))
    fc.assert(
      fc.property(
        fc.array(hour, { minLength: 25, maxLength: 60 }),
        fc.integer({ min: 2, max: 50 }),
        (values, unit) => {
          const recording = hourly(4, values)
          const [stability, variability] = [interdailyStability(recording), intradailyVariability(recording)]
          if (stability !== null) expect(stability).toBeGreaterThanOrEqual(0)
          if (stability !== null) expect(stability).toBeLessThanOrEqual(1 + 1e-12)
          if (variability !== null) expect(variability).toBeGreaterThanOrEqual(0)
          const other = hourly(4, values.map((value) => value * unit)) // prettier-ignore
          if (stability !== null) expect(interdailyStability(other)).toBeCloseTo(stability, 9)
          if (variability !== null) expect(intradailyVariability(other)).toBeCloseTo(variability, 9)
        },
      ),
      { numRuns: 50 },
    )
  })
})
