import { binsOf, meansOfBins } from './bin-sums.ts'
import { meansOfRunning, runningSums } from './running-sums.ts'
import { MEAN_BIN_MINUTES } from './stability-variability.ts'

const means = (minutes: Float64Array, length: number) =>
  meansOfRunning(runningSums(minutes), length, new Float64Array(minutes.length))

describe('means from running sums', () => {
  const minutes = Float64Array.from({ length: 3500 }, (_, minute) => (minute % 7 === 3 ? NaN : 0.1 * minute))

  it.each(MEAN_BIN_MINUTES)(
    'are those of bins of %d minutes, in a recording that ends within one too',
    (length) => {
      const expected = meansOfBins(binsOf(minutes, length))
      const actual = means(minutes, length)
      expect(actual).toHaveLength(expected.length)
      actual.forEach((mean, bin) => {
        if (Number.isNaN(expected[bin])) expect(mean).toBeNaN()
        else expect(Math.abs(mean - expected[bin]!)).toBeLessThanOrEqual(1e-12 * expected[bin]!)
      })
    },
  )

  it('are 0 for a bin of zeros, whatever went before it', () => {
    expect([...means(Float64Array.of(0.3, 0.3, 0, 0, NaN, 0, NaN, NaN, 3, 4), 2)]).toEqual([
      0.3,
      0,
      0,
      NaN,
      3.5,
    ])
  })
})
