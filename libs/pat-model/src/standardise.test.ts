import { standardise } from './standardise.ts'

describe('standardise', () => {
  it('gives z-scores with the population standard deviation', () => {
    const { values, imputedShare } = standardise([2, 4, 4, 4, 5, 5, 7, 9])
    expect([...(values ?? [])]).toEqual([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2])
    expect(imputedShare).toBe(0)
  })

  it('leaves unobserved minutes out of mean and deviation and enters them as 0 afterwards', () => {
    const { values, imputedShare } = standardise([null, 1, null, 3])
    expect([...(values ?? [])]).toEqual([0, -1, 0, 1])
    expect(imputedShare).toBe(0.5)
  })

  it('does not depend on the unit', () => {
    const steps = Array.from({ length: 500 }, (_, minute) => (minute * 7919) % 113)
    const scaled = standardise(steps.map((value) => value * 1e6 + 5e7)).values ?? []
    standardise(steps).values?.forEach((value, index) => expect(scaled[index]).toBeCloseTo(value, 5))
  })

  it('does not depend on it where squares are too large for a number', () => {
    expect(standardise([0, 1.7e308, 1.7e308, null]).values).toEqual(standardise([0, 17, 17, null]).values)
  })

  it.each([
    [[], 'no-data', 1],
    [[1, NaN], 'no-variance', 0],
    [[1, Infinity], 'no-variance', 0],
    [[null, null], 'no-data', 1],
    [[0, 0, 0, null], 'no-variance', 0.25],
    [[7], 'no-variance', 0],
    [Array.from({ length: 10_080 }, () => 0.1), 'no-variance', 0],
  ])('abstains with a reason where there is no z-score (%#)', (activity, reason, imputedShare) => {
    expect(standardise(activity)).toEqual({ values: undefined, reason, imputedShare })
  })
})
