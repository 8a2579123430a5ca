import { type Attributes, metrics } from '@opentelemetry/api'

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
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[]
}

/** A monotonic counter; labels must have few values (never ids). */
export function counter(name: string, options: InstrumentOptions): Counter {
  return metrics.getMeter('clarity').createCounter(name, options)
}

/** A histogram; labels must have few values (never ids). */
export function histogram(name: string, options: InstrumentOptions): Histogram {
  const { buckets, ...rest } = options
  return metrics.getMeter('clarity').createHistogram(name, {
    ...rest,
    ...(buckets === undefined ? {} : { advice: { explicitBucketBoundaries: [...buckets] } }),
  })
}
