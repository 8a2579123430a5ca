export { acceptedByType } from './accepted-by-type.ts'
export { type Bucket, type BucketWidth, bucketsOf } from './buckets.ts'
export {
  addDays,
  civilDate,
  civilDay,
  clockHour,
  dateOfDay,
  datesBetween,
  formatInstant,
  instantOf,
  isTimezone,
  offsetAt,
  startOfDay,
  utcDate,
} from './civil-time.ts'
export { dayDigestParts } from './day-digest.ts'
export { dayTotals } from './day-totals.ts'
export {
  fingerprint,
  hasSyncIdentity,
  identify,
  type IdentityParts,
  normalizeUuid,
  syncIdentity,
} from './identity.ts'
export { type Measure, measureSchema } from './measure.ts'
export {
  buriedIds,
  type EarlierRounds,
  mergeIntoShards,
  type MergeInput,
  type MergeResult,
  mergeTombstones,
  removeUpload,
  shardsOf,
  sumOf,
  type Tally,
} from './merge.ts'
export { type Metric, metricFor, metrics, snakeCase } from './metrics.ts'
export { type DaySleep, daySleep, type SleepSession, sleepStage, type StageInterval } from './nights.ts'
export { type PackedSamples, type PackOptions, packSamples, unpackSamples } from './packed-samples.ts'
export { baseVerdict } from './plausibility.ts'
export { type SampleLine, sampleLineSchema, toSampleLine } from './sample-line.ts'
export { representatives } from './settle.ts'
export type {
  BaseVerdict,
  Rejection,
  Sample,
  SampleExtent,
  SampleSource,
  Shard,
  Shards,
  TimezoneSource,
  Tombstone,
  Verdict,
  VerdictCounts,
  Zone,
} from './sample.ts'
export { comparableName, sourceKey } from './source-key.ts'
export {
  affectedDates,
  emptySummary,
  shardDatesFor,
  summarise,
  summariseDays,
  sumZones,
} from './summarise.ts'
export { type SummaryRow, summaryRowSchema } from './summary-row.ts'
export { type Contribution, mergeAmounts, type TotalsOptions } from './totals.ts'
export { addTypeCount } from './type-counts.ts'
export { type PercentScale, toCanonical, toPercent, toSdnnMs } from './units.ts'
export { type WorkoutActivity, workoutActivity } from './workout-activity.ts'
