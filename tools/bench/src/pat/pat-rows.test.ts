import { matrixWork } from './matrix-work.ts'
import { patRows } from './pat-rows.ts'

const run = (ms: number) => ({ ms, peakMb: 100 + ms })
/** A product of 2048 × 2048 at 100 GFLOP/s. */
const PRODUCT_MS = (2 * 2048 ** 3) / 100e6
const times = {
  one: [run(90), run(110), run(100)],
  many: [run(700), run(720)],
  products: [2 * PRODUCT_MS, 2 * PRODUCT_MS],
  torch: [500, 500],
  torchProducts: [PRODUCT_MS / 2, PRODUCT_MS / 2],
  blockedMs: [11, 72, 9],
}
const large = { size: 'L', threads: 2, batch: 8 } as const
const named = (rows: ReturnType<typeof patRows>, part: string) => rows.find(({ name }) => name.includes(part))

describe('the matrix work', () => {
  it.each([
    ['S', 1.027],
    ['M', 3.993],
    ['L', 27.527],
  ] as const)('of a week of PAT-%s is %d GFLOP', (size, gflop) => {
    expect(matrixWork(size) / 1e9).toBeCloseTo(gflop, 3)
  })
})

describe('the rows of PAT', () => {
  it('hold PAT-L against the faster library’s products and against PyTorch', () => {
    const rows = patRows(large, times)
    const bound = 27_527 / 200
    expect(
      named(rows, 'bound: 27.5 GFLOP as published, at the 200 GFLOP/s of PyTorch')?.median_ms,
    ).toBeCloseTo(bound, 1)
    expect(named(rows, 'batch 1 to the bound')).toMatchObject({ goal: '≤ 1.2', met: true })
    expect(named(rows, 'batch 1 to the bound')?.ratio).toBeCloseTo(100 / bound, 3)
    expect(named(rows, 'batch 1 to plain PyTorch')).toMatchObject({ ratio: 0.2, goal: '≤ 0.25', met: true })
    expect(named(rows, 'a week of batch 8')).toMatchObject({ ratio: 700 / 8 / 100, met: true })
    expect(named(rows, 'event loop')).toMatchObject({ median_ms: 72, met: false })
    expect(rows[0]).toMatchObject({ runs: 3, median_ms: 100, p95_ms: 110, peak_mb: 210 })
  })

  it('without PyTorch take the runtime’s own products', () => {
    const rows = patRows(large, { ...times, torch: [], torchProducts: [] })
    expect(
      named(rows, 'bound: 27.5 GFLOP as published, at the 100 GFLOP/s of the runtime')?.median_ms,
    ).toBeCloseTo(275.27, 1)
    expect(rows.filter(({ name }) => name.includes('PyTorch'))).toEqual([])
  })

  it('hold no other size to the goals of L', () => {
    const rows = patRows({ ...large, size: 'S' }, times)
    expect(named(rows, 'batch 1 to the bound')).not.toHaveProperty('goal')
  })
})
