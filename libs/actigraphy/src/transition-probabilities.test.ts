import { transitionProbabilities } from './transition-probabilities.ts'

const of = (values: number[], threshold?: number) =>
  transitionProbabilities({ minutes: Float64Array.from(values), startMinuteOfDay: 0 }, threshold)

describe('transition probabilities', () => {
  it('are the reciprocals of the mean bouts', () => {
    expect(of([1, 1, 1, 0, 0, 5, 0, 0])).toEqual({
      activeBouts: 2,
      restBouts: 2,
      meanActiveBout: 2,
      meanRestBout: 2,
      activeToRest: 0.5,
      restToActive: 0.5,
    })
  })

  it('end bouts at unobserved minutes, which are in none', () => {
    expect(of([1, 1, NaN, 1, 0])).toMatchObject({ activeBouts: 2, meanActiveBout: 1.5, restBouts: 1 })
  })

  it('count a minute at the threshold as rest', () => {
    expect(of([3, 4, 5], 4)).toMatchObject({ restBouts: 1, meanRestBout: 2, activeBouts: 1 })
  })

  it.each([
    ['nothing', [], null, null],
    ['unobserved minutes', [NaN, NaN], null, null],
    ['one minute', [7], 1, null],
    ['zeros alone', [0, 0, 0, 0], null, 0.25],
    ['activity alone', [2, 2, 2, 2], 0.25, null],
  ])('of %s are 1 over the whole, or null', (_, values, activeToRest, restToActive) => {
    expect(of(values)).toMatchObject({ activeToRest, restToActive })
  })
})
