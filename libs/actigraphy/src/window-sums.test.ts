import fc from 'fast-check'
import { circularSums, windowSums } from './window-sums.ts'

const afresh = (values: readonly number[], start: number, length: number) => {
  let sum = 0
  for (let offset = 0; offset < length; offset += 1) sum += values[(start + offset) % values.length]!
  return sum
}

describe('window sums', () => {
  const counts = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 1e6 }) }, fc.constant(NaN))
  const series = fc.array(counts, { minLength: 1, maxLength: 60 })

  it('are those of adding each window afresh, with nothing where a value is missing', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 70 }), (values, length) => {
        const expected = values
          .slice(0, Math.max(0, values.length - length + 1))
          .map((_, start) => afresh(values, start, length))
        expect([...windowSums(Float64Array.from(values), length)]).toEqual(expected)
      }),
    )
  })

  it('go around the circle', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 60 }), (values, atMost) => {
        const length = Math.min(atMost, values.length)
        const expected = values.map((_, start) => afresh(values, start, length))
        expect([...circularSums(Float64Array.from(values), length)]).toEqual(expected)
      }),
    )
  })

  it('of zeros are 0 beside values of any size', () => {
    const values = Float64Array.from({ length: 40 }, (_, index) => (index < 20 ? 0.1 * 3 ** index : 0))
    expect([...windowSums(values, 7).subarray(20)]).toEqual(new Array(14).fill(0))
  })
})
