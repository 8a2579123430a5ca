/**
 * What became of one sample. `accepted` enters every figure; `implausible` (outside the ranges of `metrics.ts`) and
 * `unknown` (a type without a metric) are kept and shown but enter no mean and no grid; `duplicate` is the same
 * sample or the same content once more; `deleted` is named by a tombstone. What cannot be read at all is a Rejection.
 */
export type Verdict = 'accepted' | 'duplicate' | 'deleted' | 'implausible' | 'unknown'

/** The verdicts that depend on the sample alone. */
export type BaseVerdict = Extract<Verdict, 'accepted' | 'implausible' | 'unknown'>

/** Where a zone came from: the sample itself, the upload's header, the user's setting, its offset, or nowhere (UTC). */
export type TimezoneSource = 'sample' | 'upload' | 'user' | 'offset' | 'none'

export interface SampleSource {
  readonly name: string | null
  readonly bundle_id: string | null
  /** Apple's product type, e.g. `Watch6,7`, or the kind of device where only that is known. */
  readonly product: string | null
}

/** How the writer meant the end: `missing` = only an instant was sent; `bucket` = a sum that HealthKit merged already. */
export type SampleExtent = 'missing' | 'bucket'

export interface Zone {
  /** IANA name, or a fixed offset as `+02:00`. */
  readonly timezone: string
  readonly timezone_source: TimezoneSource
}

/** One sample in canonical units. Stored as it stands, in the shard of the UTC date in which it starts. */
export interface Sample extends Zone {
  /** Identity: the UUID (upper case), else `sync:…`, else `content:…`. */
  readonly id: string
  /** Metric name (`heart_rate`), or the identifier as sent where the type is unknown. */
  readonly type: string
  /** Epoch milliseconds UTC, with microseconds as the fraction. */
  readonly start: number
  /** As `start`; equal to it for an instant and where `extent` is `missing`. */
  readonly end: number
  readonly extent?: SampleExtent
  /** In `unit`; for a category its integer code; null where the type has no value (a correlation, an event). */
  readonly value: number | null
  /** Extremes of what `value` is the mean of, for samples that the client averaged. */
  readonly min?: number
  readonly max?: number
  readonly unit: string
  /** Unit as sent; absent where the client sent none. */
  readonly unit_in?: string
  readonly source: SampleSource
  readonly user_entered: boolean
  /** The writer's own upsert key (`HKSyncIdentifier`, `HKSyncVersion`); the highest version holds. */
  readonly sync?: { readonly id: string; readonly version: number }
  readonly metadata?: Readonly<Record<string, unknown>>
  /** What reading alone says of the sample. */
  readonly base_verdict: BaseVerdict
  /** What the whole shard and the tombstones say of it; set by merging. */
  readonly verdict: Verdict
  /** Set by merging where the writer's newer version of it is stored, on whatever date that starts. */
  readonly superseded?: true
  /** Sorted, without repeats. */
  readonly upload_ids: readonly string[]
  /** The sample's own zone, where another upload's zone for the same sample holds instead. */
  readonly own_zone?: Zone
}

/** A deletion: HealthKit names the UUID alone, so it applies to whatever shard holds it, now or later. */
export interface Tombstone {
  /** Identity of the sample that is gone, spelt as `Sample.id`. */
  readonly id: string
  readonly upload_ids: readonly string[]
}

/** Why a sample could not be read. `path` names the place in the body; the value itself is never repeated. */
export interface Rejection {
  readonly path: string
  readonly type: string | null
  readonly reason: string
}

/** How many samples of an upload met which verdict, by metric too. */
export interface VerdictCounts {
  readonly accepted: number
  readonly duplicate: number
  readonly implausible: number
  readonly deleted: number
  readonly unknown: number
  readonly by_type: Readonly<Record<string, number>>
}

/** All samples that start in one UTC date, sorted by start and identity; the key of a map of shards is `yyyy-mm-dd`. */
export type Shard = readonly Sample[]
export type Shards = ReadonlyMap<string, Shard>
