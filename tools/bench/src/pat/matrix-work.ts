const WEEK_MINUTES = 10_080
const WIDTH = 96
const HIDDEN = 256

const SIZES = {
  S: { layers: 1, heads: 6, patch: 18 },
  M: { layers: 2, heads: 12, patch: 18 },
  L: { layers: 4, heads: 12, patch: 9 },
} as const

export type Size = keyof typeof SIZES

/** Floating-point operations of the published network's matrix products for one week: what the bound counts. */
export function matrixWork(size: Size): number {
  const { layers, heads, patch } = SIZES[size]
  const patches = WEEK_MINUTES / patch
  const projections = 4 * patches * WIDTH * heads * WIDTH
  const attention = 2 * heads * patches * patches * WIDTH
  const feedForward = 2 * patches * WIDTH * HIDDEN
  return 2 * (patches * patch * WIDTH + layers * (projections + attention + feedForward))
}

/** Floating-point operations of one product of 2048 × 2048 matrices. */
export const PRODUCT_WORK = 2 * 2048 ** 3
