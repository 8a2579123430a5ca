export { type Measure, measureSchema } from './measure.ts'
export type {
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
export { type SummaryRow, summaryRowSchema } from './summary-row.ts'
