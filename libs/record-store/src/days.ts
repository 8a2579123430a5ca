import type { Sample, SummaryRow, Tombstone } from '@clarity/health-data'
import type { ShardRange } from './announced-upload.ts'
import type { UploadChange } from './upload-record.ts'

/** One civil day as stored: the summary row and what analysis keeps beside it. */
export interface DayRecord extends SummaryRow {
  /** Digest of the samples that the day was made from; no clock, no upload id in it. */
  readonly digest: string
  /** Anything else analysis wants back for this day (worn minutes, hours observed, …); plain JSON, no arrays in arrays. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** What a window is chosen by. */
export type DayOutline = Pick<DayRecord, 'date' | 'timezone' | 'digest' | 'details'>

/** The samples that start on one UTC date. */
export interface SampleShard {
  readonly utc_date: string
  readonly samples: readonly Sample[]
  /** Written with it, so that whoever makes other civil dates need not read it. */
  readonly reach?: ShardReach
}

/** The first and last civil date whose summary the samples of a shard enter. */
export interface ShardReach {
  readonly from: string
  readonly to: string
}

/** Civil days that are made anew from shards. */
export interface DaysMade {
  readonly dates: readonly string[]
  /** Those of the sums in the shards at hand: where zones differ, a sum enters days that are none of its own. */
  readonly zones: ReadonlySet<string>
}

/** Reads of the same transaction, for what the dates asked do not tell. */
export interface MergeReader {
  /** Stored days from `start` to `end` (civil dates, both included), oldest first. */
  days(start: string, end: string): Promise<DayRecord[]>
  /** The `count`, at most 64, newest stored days, oldest first; of their details hours and span alone. */
  lastDays(count: number): Promise<DayOutline[]>
  /** Shards of more UTC dates that have samples; where days are named, those that can enter one of them. */
  shards(utcDates: readonly string[], days?: DaysMade): Promise<SampleShard[]>
  /** Shards, besides the dates asked, that hold samples of these sync identities, and perhaps others: they may be changed. */
  holding(syncIdentities: readonly string[]): Promise<SampleShard[]>
  /** The tombstones of those sample ids that are deleted. */
  tombstones(sampleIds: readonly string[]): Promise<Tombstone[]>
}

export interface MergeState {
  /** The stored shards of the dates asked; dates without samples are left out. */
  readonly shards: readonly SampleShard[]
  /** The tombstones of those `sampleIds` that are deleted. */
  readonly tombstones: readonly Tombstone[]
  readonly read: MergeReader
}

export interface MergeResult {
  /** Shards that changed; one without samples is removed. */
  readonly shards: readonly SampleShard[]
  readonly days: readonly DayRecord[]
  /** Civil dates that hold nothing any more. */
  readonly removedDays?: readonly string[]
  /** Null where there is nothing to analyse any more. */
  readonly user?: CurrentAnalysis
  /** How far the merged upload has come with it. */
  readonly upload?: readonly UploadChange[]
}

/** The analysis that is current from now on. */
export interface CurrentAnalysis {
  readonly current_analysis_id: string | null
}

export interface Merge {
  /**
   * The upload that is merged: where its record is gone the merge fails as `upload-deleted` and writes nothing, and
   * what it writes is noted as this upload's reach. Null where none is, as when an upload is subtracted.
   */
  readonly uploadId: string | null
  readonly utcDates: readonly string[]
  /** Ids to look up among the tombstones. */
  readonly sampleIds?: readonly string[]
  /** May run again where the transaction is retried: it must depend on its argument alone. */
  readonly build: (state: MergeState) => MergeResult | Promise<MergeResult>
}

export interface WantedSamples {
  /** Of these identities. A few dates without any may be among the answer. */
  readonly identities?: readonly string[]
  /** That a tombstone names. */
  readonly deleted?: true
}

export interface Days {
  /** Reads the dates asked, builds, and writes what changed, in one serialisable transaction. */
  merge(userId: string, merge: Merge): Promise<MergeResult>
  /**
   * Writes tombstones of these identities, in as many transactions as they take, and notes that this upload brought
   * them. Fails as `upload-deleted` where its record is gone.
   */
  bury(userId: string, uploadId: string, identities: readonly string[]): Promise<void>
  /** Stored days from `start` to `end` (civil dates, both included), oldest first. */
  summaries(userId: string, start: string, end: string): Promise<DayRecord[]>
  /** The `count` newest civil dates that have a stored day, oldest first. */
  lastDates(userId: string, count: number): Promise<string[]>
  /** The UTC dates that hold samples, oldest first: any, or at least those with samples that are wanted. */
  sampleDates(userId: string, wanted?: WantedSamples): Promise<string[]>
  /** The first shards of a range, oldest first; what lies between them costs nothing. */
  samplesBetween(userId: string, range: ShardRange): Promise<SampleShard[]>
  /** Shards of these UTC dates, oldest first; dates without samples are left out. */
  samples(userId: string, utcDates: readonly string[]): Promise<SampleShard[]>
}
