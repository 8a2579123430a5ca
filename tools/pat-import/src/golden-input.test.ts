import { goldenTolerance } from './golden-input.ts'

describe('goldenTolerance', () => {
  it.each([
    [[0.2, -0.9], 1e-5],
    [[0.2, -4], 4e-5],
    [[0.2, -400], 1e-4],
  ])('of an embedding %j is %d', (embedding, tolerance) => {
    expect(goldenTolerance(embedding)).toBeCloseTo(tolerance, 12)
  })
})
