import type { Measure } from '@clarity/health-data'
import type { Estimate } from '@clarity/vitals'

/** A measure with its value, or with the reason why there is none. */
export function measure(
  value: number | string | null,
  { unit, method, reason }: { unit: string; method: string; reason: string },
): Measure {
  return value === null ? { value, unit, method, reason } : { value, unit, method }
}

/** The measure of an estimate, which knows its own reason. */
export function estimated(
  estimate: Estimate<number | string>,
  { unit, method }: { unit: string; method: string },
): Measure {
  return measure(estimate.value, { unit, method, reason: estimate.reason ?? '' })
}

export type MeasureSection = Record<string, Measure>
