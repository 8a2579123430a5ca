import type { Reading } from '../readings.ts'

/** The first instant of all series in tests: 2026-03-02T00:00Z, a Monday. */
export const MONDAY = Date.parse('2026-03-02T00:00:00Z')

/** Instant readings from pairs of minute and value. */
export function readingsOf(...pairs: readonly (readonly [minute: number, value: number])[]): Reading[] {
  return pairs.map(([minute, value]) => ({
    start: MONDAY + minute * 60_000,
    end: MONDAY + minute * 60_000,
    value,
  }))
}

/** A reading every `step` minutes. */
export function everyMinutes(step: number, values: readonly number[], from = 0): Reading[] {
  return readingsOf(...values.map((value, index) => [from + index * step, value] as const))
}
