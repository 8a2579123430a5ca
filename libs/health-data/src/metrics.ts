import { metricRows, type MetricKind, type MetricRow } from './metric-table.ts'

/** A kind of measurement: its name on the wire, HealthKit's identifier, its one unit and what is plausible. */
export interface Metric {
  readonly name: string
  readonly identifier: string
  readonly unit: string
  readonly kind: MetricKind
  /** Inclusive bounds in `unit`. */
  readonly plausible?: readonly [number, number]
}

const prefixes: Readonly<Record<MetricKind, string>> = {
  cumulative: 'HKQuantityTypeIdentifier',
  discrete: 'HKQuantityTypeIdentifier',
  category: 'HKCategoryTypeIdentifier',
  correlation: 'HKCorrelationTypeIdentifier',
  workout: 'HK',
  series: 'HKDataTypeIdentifier',
}

/** `VO2Max` → `vo2_max`, `HeartRateVariabilitySDNN` → `heart_rate_variability_sdnn`. */
export function snakeCase(words: string): string {
  return words
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])(?=[A-Z][a-z])/g, '$1_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
}

function metricOf([suffix, unit, kind, plausible, name]: MetricRow): Metric {
  const base = { name: name ?? snakeCase(suffix), identifier: prefixes[kind] + suffix, unit, kind }
  return plausible ? { ...base, plausible } : base
}

/** Every metric that has a meaning here; all other types are kept with the verdict `unknown`. */
export const metrics: readonly Metric[] = metricRows.map(metricOf)

const byKey = new Map<string, Metric>()
for (const metric of metrics) {
  byKey.set(metric.name, metric)
  byKey.set(metric.identifier, metric)
}

/** The metric of a HealthKit identifier or of a metric name; undefined for a type that is not in the table. */
export function metricFor(identifierOrName: string): Metric | undefined {
  return byKey.get(identifierOrName)
}
