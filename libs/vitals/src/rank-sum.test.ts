import fc from 'fast-check'
import { rankSumProbability } from './rank-sum.ts'

/** By enumeration of every choice; without ties also SciPy 1.17 `mannwhitneyu(method='exact')`. */
const REFERENCE: readonly (readonly [name: string, one: number[], other: number[], p: number])[] = [
  ['groups that do not overlap', [1, 2, 3], [4, 5, 6, 7, 8, 9, 10], 1 / 60],
  ['groups that do', [1, 4, 5], [2, 3, 6, 7], 22 / 35],
  ['ties between the groups', [1, 2, 2], [2, 2, 3, 4], 2 / 7],
  ['values that are all equal', [5, 5, 5], [5, 5, 5, 5], 1],
  ['groups around the same middle', [1.5, 2.5], [1, 2, 3], 1],
  [
    'a week against a fortnight, with ties',
    [61, 63, 62, 64, 66, 60, 65],
    [57, 58, 56, 59, 57, 58, 60, 55, 57, 58, 59, 56, 57, 58.5, 61.5],
    3.5181536729524345e-5,
  ],
]

describe('the rank-sum probability', () => {
  it.each(REFERENCE)('of %s is the exact one', (_, one, other, p) => {
    expect(rankSumProbability(one, other)).toBeCloseTo(p, 12)
    expect(rankSumProbability(other, one)).toBeCloseTo(p, 12)
  })

  it('leaves out what is no number', () => {
    expect(rankSumProbability([1, NaN, 2, 3], [4, 5, 6, 7, Infinity, 8, 9, 10])).toBeCloseTo(1 / 60, 12)
  })

  it('is null for an empty group', () => {
    expect(rankSumProbability([], [1, 2])).toBeNull()
    expect(rankSumProbability([NaN], [1, 2])).toBeNull()
  })

  it('depends on the order of the values alone, not on their size', () => {
    const group = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(group, group, (one, other) => {
        const stretched = (values: number[]) => values.map((value) => Math.exp(value / 10))
        const p = rankSumProbability(one, other)!
        expect(rankSumProbability(stretched(one), stretched(other))).toBeCloseTo(p, 12)
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
      { numRuns: 30 },
    )
  })
})
