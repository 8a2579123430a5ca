import { type Attributes, metrics } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { metrics as sdk } from '@opentelemetry/sdk-node'
import { telemetryResource } from './resource.ts'

export interface Counter {
  add(value: number, labels?: Attributes): void
}

export interface Histogram {
  record(value: number, labels?: Attributes): void
}

export interface InstrumentOptions {
  readonly description: string
  /** UCUM, e.g. `s`, `By`, `{upload}`. */
  readonly unit?: string
}

export interface HistogramOptions extends InstrumentOptions {
  /** Upper bounds of the buckets. */
  readonly buckets?: readonly number[]
}

/** Holds every metric of the process until somebody reads `/metrics`; it opens no port itself. */
export const metricReader = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true })

metrics.setGlobalMeterProvider(
  new sdk.MeterProvider({ resource: telemetryResource, readers: [metricReader] }),
)

const meter = metrics.getMeter('clarity')

/** A monotonic counter; labels must have few values (never ids). */
export function counter(name: string, options: InstrumentOptions): Counter {
  return meter.createCounter(name, options)
}

/** A histogram; labels must have few values (never ids). */
export function histogram(name: string, { buckets, ...options }: HistogramOptions): Histogram {
  return meter.createHistogram(name, {
    ...options,
    ...(buckets && { advice: { explicitBucketBoundaries: [...buckets] } }),
  })
}
