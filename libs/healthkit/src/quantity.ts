import { type Metric, type PercentScale, toCanonical, toPercent, toSdnnMs } from '@clarity/health-data'
import { isObject } from './json.ts'

export interface Quantity {
  readonly value: unknown
  readonly unit: unknown
}

/** Looks inside `{quantity, unit}`, `{qty, units}` and the like, which some clients send in place of a number. */
export function openQuantity(value: unknown, unit: unknown): Quantity {
  if (!isObject(value)) return { value, unit }
  const inner = value.quantity ?? value.qty ?? value.value ?? value.numericValue ?? value.doubleValue
  return { value: isObject(inner) ? undefined : inner, unit: unit ?? value.unit ?? value.units }
}

/** A finite number, also when it is written as a text in plain notation; undefined for anything else. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !/^\s*[+-]?\d{1,20}(\.\d{1,20})?([eE][+-]?\d{1,3})?\s*$/.test(value))
    return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** The unit's text, also out of `{unit_string}`; undefined where none is sent. */
export function unitText(unit: unknown): string | undefined {
  const text = isObject(unit) ? (unit.unit_string ?? unit.unitString ?? unit.unit) : unit
  return typeof text === 'string' && text.trim() !== '' ? text.slice(0, 64) : undefined
}

/** The amount of a `{quantity, unit}` or the like in the canonical unit; undefined where it is none of that kind. */
export function quantityIn(quantity: unknown, canonical: string): number | undefined {
  const sent = openQuantity(quantity, undefined)
  const value = toNumber(sent.value)
  return value === undefined ? undefined : toCanonical(value, unitText(sent.unit), canonical)
}

const percentWords = /^(%|percent|percentage|fraction|ratio)$/i

/** A value in the metric's unit; undefined where the unit sent is none of that kind. */
export function inMetricUnit(
  value: number,
  unit: string | undefined,
  { metric, percent }: { readonly metric: Metric; readonly percent: PercentScale },
): number | undefined {
  if (metric.unit === '%') {
    if (unit !== undefined && !percentWords.test(unit.trim())) return undefined
    return toPercent(value, percent, metric.name)
  }
  const converted = toCanonical(value, unit, metric.unit)
  if (converted === undefined || metric.name !== 'heart_rate_variability_sdnn') return converted
  return toSdnnMs(value)
}
