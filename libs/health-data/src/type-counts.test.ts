import { addTypeCount } from './index.ts'

function countsOf(types: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const type of types) addTypeCount(counts, type, 1)
  return counts
}

describe('counts by type', () => {
  it('add up', () => {
    const counts = countsOf(['heart_rate', 'step_count', 'heart_rate'])
    addTypeCount(counts, 'step_count', 5)
    expect(counts).toEqual({ heart_rate: 2, step_count: 6 })
  })

  it('hold two hundred types and the rest together', () => {
    const counts = countsOf(Array.from({ length: 300 }, (_, index) => `type_${index}`))
    expect(Object.keys(counts)).toHaveLength(201)
    expect(counts.other).toBe(100)
  })

  it('hold names that every object knows as any other', () => {
    expect(countsOf(['toString', 'constructor', 'toString'])).toEqual({ toString: 2, constructor: 1 })
  })

  it('hold names that Firestore keeps for itself as other ones', () => {
    const counts = countsOf(['__proto__', '__name__'])
    expect(Object.entries(counts)).toEqual([['other', 2]])
  })
})
