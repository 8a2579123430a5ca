import {
  type Sample,
  type SummaryRow,
  type Tombstone,
  type VerdictCounts,
  affectedDates,
  buriedIds,
  civilDate,
  dayDigest,
  mergeIntoShards,
  mergeTombstones,
  shardDatesFor,
  summariseDays,
} from '@clarity/health-data'
import type { DayRecord, MergeResult, MergeState, SampleShard } from '@clarity/record-store'
import { sha256 } from './content-hash.ts'
import { hourMarks, observedHours, observesMinutes } from './observed-hours.ts'

export interface MergedDays {
  readonly result: MergeResult
  readonly counts: VerdictCounts
  /** Whether the upload's deletions name a sample that is held, now or at an earlier delivery. */
  readonly deletes: boolean
}

/** Adds samples and deletions to the stored shards and makes the civil days anew that they change. */
export async function mergeDays(
  state: MergeState,
  upload: { readonly incoming: readonly Sample[]; readonly tombstones: readonly Tombstone[] },
): Promise<MergedDays> {
  const tombstones = mergeTombstones(state.tombstones, upload.tombstones)
  const existing = new Map(state.shards.map((shard) => [shard.utc_date, shard.samples]))
  const { changed, counts } = mergeIntoShards({ existing, incoming: upload.incoming, tombstones })
  const touched = [...changed].flatMap(([date, samples]) => [...samples, ...(existing.get(date) ?? [])])
  const dates = changedDates(touched)
  const shards = new Map([...existing, ...changed])
  const samples = await samplesAround(state, { dates, shards })
  const rows = summariseDays(dates, samples)
  const days = rows.filter((row) => row.upload_ids.length > 0).map((row) => toDayRecord(row, samples))
  return {
    counts,
    deletes: holdsAny(upload.tombstones, shards),
    result: {
      shards: [...changed].map(([date, shard]) => toShard(date, shard)),
      days,
      removedDays: rows.filter((row) => row.upload_ids.length === 0).map((row) => row.date),
      tombstones: changedTombstones(tombstones, state.tombstones),
    },
  }
}

/** A short sample across midnight also observes the first hour of the day after it. */
function changedDates(samples: readonly Sample[]): string[] {
  const observed = samples
    .filter(observesMinutes)
    .flatMap((sample) => hourMarks(sample).map((instant) => civilDate(sample.timezone, instant)))
  return [...new Set([...affectedDates(samples), ...observed])].sort()
}

function holdsAny(tombstones: readonly Tombstone[], shards: ReadonlyMap<string, readonly Sample[]>): boolean {
  const buried = buriedIds(tombstones)
  return buried.size > 0 && [...shards.values()].some((shard) => shard.some(({ id }) => buried.has(id)))
}

/** All samples that can enter the summaries of these civil dates: those at hand, and what else is stored near them. */
async function samplesAround(
  state: MergeState,
  { dates, shards }: { dates: readonly string[]; shards: ReadonlyMap<string, readonly Sample[]> },
): Promise<Sample[]> {
  const needed = [...new Set(dates.flatMap(shardDatesFor))]
  const stored = await state.read.shards(needed.filter((date) => !shards.has(date)))
  return [...needed.flatMap((date) => shards.get(date) ?? []), ...stored.flatMap((shard) => shard.samples)]
}

function toShard(utcDate: string, samples: readonly Sample[]): SampleShard {
  return { utc_date: utcDate, samples, digest: sha256(dayDigest(samples)) }
}

/** The digest covers the day's own samples and, through the row, what neighbouring days reach into it. */
function toDayRecord(row: SummaryRow, samples: readonly Sample[]): DayRecord {
  const own = samples.filter((sample) => civilDate(sample.timezone, sample.start) === row.date)
  const { upload_ids: _, ...content } = row
  const digest = sha256(`${JSON.stringify(content)}\n${dayDigest(own)}`)
  return { ...row, digest, details: { observed_hours: observedHours(row.date, samples).size } }
}

function changedTombstones(merged: readonly Tombstone[], stored: readonly Tombstone[]): Tombstone[] {
  const before = new Map(stored.map((tombstone) => [tombstone.id, tombstone.upload_ids.length]))
  return merged.filter(({ id, upload_ids }) => before.get(id) !== upload_ids.length)
}
