import { embeddingDrift } from './embedding-drift.ts'

describe('embeddingDrift', () => {
  it.each<[string, number[], number[][], number]>([
    [
      'the same week',
      [1, 2],
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      0,
    ],
    [
      'the same direction',
      [3, 6],
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      0,
    ],
    [
      'a right angle',
      [2, -1],
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      1,
    ],
    [
      'the opposite',
      [-1, -2],
      [
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      2,
    ],
    [
      '60 degrees',
      [1, Math.sqrt(3)],
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      0.5,
    ],
    [
      'an odd week among the earlier ones',
      [1, 0],
      [
        [1, 0],
        [1, 0],
        [-90, 700],
      ],
      0,
    ],
    [
      'an even number of weeks',
      [1, 1],
      [
        [1, 0],
        [1, 0],
        [0, 1],
        [0, 1],
      ],
      0,
    ],
  ])('is the cosine distance to the median week: %s', (_, week, earlier, distance) => {
    const drift = embeddingDrift(week, earlier)
    expect(drift.distance).toBeCloseTo(distance, 12)
    expect(drift.weeks).toBe(earlier.length)
    expect(drift).not.toHaveProperty('reason')
  })

  it('is null with the number of weeks where there are too few', () => {
    expect(
      embeddingDrift(
        [1, 2],
        [
          [1, 2],
          [1, 2],
        ],
      ),
    ).toEqual({
      distance: null,
      weeks: 2,
      reason: 'needs 3 earlier weeks, there are 2',
    })
  })

  it('is null where there is no direction to compare', () => {
    expect(
      embeddingDrift(
        [0, 0],
        [
          [1, 2],
          [1, 2],
          [1, 2],
        ],
      ),
    ).toMatchObject({ distance: null, weeks: 3 })
    expect(
      embeddingDrift(
        [1, 1],
        [
          [1, 0],
          [-1, 0],
          [0, 0],
        ],
      ),
    ).toMatchObject({ distance: null, weeks: 3 })
  })
})
