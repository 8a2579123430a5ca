import { ARCHITECTURES, expectedTensors, patchesOf, positionTable } from './pat-architecture.ts'

describe('PAT architectures', () => {
  it.each([
    ['S', 274_720, 560],
    ['M', 993_440, 560],
    ['L', 1_984_192, 1120],
  ])('counts the published encoder parameters of size %s', (size, parameters, patches) => {
    const architecture = ARCHITECTURES.find((one) => one.size === size)!
    const counts = [...expectedTensors(architecture).values()].map((shape) =>
      shape.reduce((a, b) => a * b, 1),
    )
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(parameters)
    expect(patchesOf(architecture)).toBe(patches)
  })

  it('puts all sines of the positions before all cosines', () => {
    const table = positionTable(3)
    const row = table.subarray(2 * 96, 3 * 96)
    expect([...table.subarray(0, 96)]).toEqual([...Array(48).fill(0), ...Array(48).fill(1)])
    expect([row[0], row[48]]).toEqual([Math.sin(2), Math.cos(2)])
    expect(row[1]).toBeCloseTo(Math.sin(2 * 10_000 ** (-2 / 96)), 12)
    expect(row[95]).toBeCloseTo(Math.cos(2 * 10_000 ** (-94 / 96)), 12)
  })
})
