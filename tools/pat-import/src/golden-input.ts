import { WEEK_MINUTES } from './pat-architecture.ts'

const TOLERANCE = 1e-5
const MOST_TOLERANCE = 1e-4

/** Mulberry32: a small generator whose 32-bit arithmetic is the same everywhere. Values in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A seeded input in the range of real ones: by night just below 0, by day mostly so, with bursts up to 8. */
export function goldenActivity(): Float32Array {
  const random = mulberry32(20_241_115)
  return Float32Array.from({ length: WEEK_MINUTES }, (_, minute) => {
    const hour = (minute / 60) % 24
    const chance = hour < 7 || hour > 23 ? 0.02 : 0.3
    const [moves, size] = [random() < chance, random()]
    return moves ? 8 * size ** 3 : -0.3
  })
}

/**
 * How far from float64's embedding the runtime's may lie: 1e-5 where no value is beyond 1; float32 rounds larger ones in
 * proportion, which counts up to tenfold.
 */
export function goldenTolerance(embedding: readonly number[]): number {
  const largest = embedding.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  return Math.min(TOLERANCE * largest, MOST_TOLERANCE)
}
