import { toCanonical } from '@clarity/health-data'
import type { JsonObject } from './json.ts'
import { toNumber } from './quantity.ts'

/** An amount as written, in the unit asked for; undefined where it is no number or its unit no such unit. */
export function amountIn(value: unknown, unit: unknown, canonical: string): number | undefined {
  const number = toNumber(value)
  return number === undefined
    ? undefined
    : toCanonical(number, typeof unit === 'string' ? unit : undefined, canonical)
}

/** What HealthKit's statistics of one type say of a workout, under the names of a workout's metadata; else nothing. */
export function workoutStatistic({ type, sum, average, minimum, maximum, unit }: JsonObject): JsonObject {
  if (typeof type !== 'string') return {}
  if (type === 'HKQuantityTypeIdentifierActiveEnergyBurned')
    return { energy_kcal: amountIn(sum, unit, 'kcal') }
  if (type === 'HKQuantityTypeIdentifierHeartRate') {
    return {
      heart_rate_min: amountIn(minimum, unit, 'count/min'),
      heart_rate_mean: amountIn(average, unit, 'count/min'),
      heart_rate_max: amountIn(maximum, unit, 'count/min'),
    }
  }
  return type.startsWith('HKQuantityTypeIdentifierDistance') ? { distance_m: amountIn(sum, unit, 'm') } : {}
}
