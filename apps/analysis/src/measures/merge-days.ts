import {
  type EarlierRounds,
  type Sample,
  type Shard,
  type Shards,
  type SummaryRow,
  type Tally,
  type Tombstone,
  type TotalsOptions,
  affectedDates,
  buriedIds,
  civilDate,
  dayDigestParts,
  mergeIntoShards,
  shardDatesFor,
  summariseDays,
  sumZones,
} from '@clarity/health-data'
import { type DayVitals, reachesNextDay, vitalsByDay } from '@clarity/vitals'
import type { DayRecord, MergeResult, MergeState, SampleShard } from '@clarity/record-store'
import { comparedShards, shardsByDate } from './compared-shards.ts'
import { sha256 } from './content-hash.ts'
import { spanOf } from './day-span.ts'
import { clockHours, hoursByDate } from './observed-hours.ts'
import { takesAway } from './taken-away.ts'

export interface MergedDays {
  readonly result: MergeResult
  readonly counts: Tally
  /** The counts by UTC date, with those of earlier rounds. */
  readonly tallies: ReadonlyMap<string, Tally>
  /**
   * Whether the upload takes samples of others away, now or at an earlier delivery: its deletions name one that is held,
   * or what it brings keeps one from counting.
   */
  readonly takesAway: boolean
}

/** Some of what an upload brings. */
export interface UploadRound {
  readonly incoming: readonly Sample[]
  readonly tombstones: readonly Tombstone[]
  readonly earlier?: EarlierRounds
}

/** Adds samples and deletions to the stored shards and makes the civil days anew that they change. */
export async function mergeDays(
  state: MergeState,
  upload: UploadRound,
  totals?: TotalsOptions,
): Promise<MergedDays> {
  const deleted = named(upload.tombstones, state.shards)
  const { others, compared } = await comparedShards(state.read, [...upload.incoming, ...deleted])
  const existing = new Map([...others, ...shardsByDate(state.shards)])
  const { changed, counts, tallies } = mergeIntoShards({
    existing,
    ...upload,
    tombstones: [...state.tombstones, ...upload.tombstones, ...standing(existing)],
    compared,
  })
  return {
    counts,
    tallies,
    takesAway:
      deleted.length > 0 ||
      counts.deleted > 0 ||
      takesAway({ uploadId: upload.earlier?.uploadId, shards: new Map([...existing, ...changed]), compared }),
    result: await daysAfter(state, { existing, changed, totals }),
  }
}

/** The samples held that deletions name. */
function named(tombstones: readonly Tombstone[], shards: readonly SampleShard[]): Sample[] {
  if (tombstones.length === 0) return []
  const ids = buriedIds(tombstones)
  return shards.flatMap(({ samples }) => samples.filter(({ id }) => ids.has(id)))
}

/** Deletions of samples that lie here already: the verdict tells, whoever deleted them. */
function standing(existing: Shards): Tombstone[] {
  return [...existing.values()]
    .flatMap((shard) => shard.filter(({ verdict }) => verdict === 'deleted'))
    .map(({ id }) => ({ id, upload_ids: [] }))
}

export interface ChangedShards {
  readonly existing: Shards
  readonly changed: Shards
  readonly totals: TotalsOptions | undefined
}

/** The shards that changed, and the civil days that change with them, made anew. */
export async function daysAfter(
  state: MergeState,
  { existing, changed, totals }: ChangedShards,
): Promise<Pick<MergeResult, 'shards' | 'days' | 'removedDays'>> {
  const hoursOf = remembered(clockHours)
  const datesIn = remembered((shard) => datesOf(shard, hoursOf(shard)))
  const shards = [...changed].map(([date, samples]) => ({ date, samples, dates: datesIn(samples) }))
  const { dates, around } = await daysChanged(state, {
    shards: new Map([...existing, ...changed]),
    differences: [...changed].map(([date, after]) => differing(existing.get(date) ?? [], after)),
    datesIn,
  })
  const samples = ([] as Sample[]).concat(...around)
  const rows = summariseDays(dates, samples, totals)
  const vitals = vitalsByDay(dates, samples)
  const starting = byCivilDate(samples)
  const observed = hoursByDate(new Set(around.flatMap((shard) => [...hoursOf(shard)])))
  const toRecord = (row: SummaryRow) => {
    const { date } = row
    const own = { samples: starting.get(date) ?? [], hours: observed.get(date)?.length ?? 0 }
    return toDayRecord(row, { ...own, vitals: vitals.get(date) ?? {} })
  }
  return {
    shards: shards.map(toShard),
    days: rows.filter((row) => row.upload_ids.length > 0).map(toRecord),
    removedDays: rows.filter((row) => row.upload_ids.length === 0).map((row) => row.date),
  }
}

interface Differences {
  /** The shards at hand, as they are now. */
  readonly shards: Shards
  /** Of each that changed, what came and what went. */
  readonly differences: readonly Shard[]
  readonly datesIn: (shard: Shard) => string[]
}

/** The civil dates that differences change, sorted, and all shards that can enter the summaries of these. */
async function daysChanged(
  state: MergeState,
  { shards, differences, datesIn }: Differences,
): Promise<{ readonly dates: readonly string[]; readonly around: Shard[] }> {
  const dates = sortedOnce(differences.flatMap(datesIn))
  const around = await shardsAround(state, { dates, shards, differences })
  const zones = sumZones(new Set([...differences, ...around.values()]))
  const overlapped = zones.size > 1 ? differences.flatMap((samples) => affectedDates(samples, { zones })) : []
  const all = sortedOnce([...dates, ...overlapped])
  if (all.length === dates.length) return { dates, around: shardsFor(dates, around) }
  const further = await shardsAround(state, { dates: all, shards: around, differences })
  return { dates: all, around: shardsFor(all, further) }
}

/** The samples that only one of two states of a shard has: one that changes is another object. */
function differing(before: Shard, after: Shard): Shard {
  if (before.length === 0) return after
  const [earlier, later] = [new Set(before), new Set(after)]
  const gone = before.filter((sample) => !later.has(sample))
  return [...gone, ...after.filter((sample) => !earlier.has(sample))]
}

/** What is made of a shard that is asked for again is known. */
function remembered<T>(make: (shard: Shard) => T): (shard: Shard) => T {
  const known = new Map<Shard, T>()
  return (shard) => {
    const made = known.get(shard) ?? make(shard)
    known.set(shard, made)
    return made
  }
}

/**
 * The civil dates that are made from samples, which observed these hours, sorted.
 * A short sample across midnight also observes the first hour of the day after it, and what is read in a night counts
 * to its day of waking.
 */
function datesOf(samples: readonly Sample[], hours: Iterable<number>): string[] {
  const dates = new Set(affectedDates(samples, { reachesNextDay }))
  for (const date of hoursByDate(hours).keys()) dates.add(date)
  return [...dates].sort()
}

/** Samples by the civil date, in their own zone, in which they start. */
function byCivilDate(samples: readonly Sample[]): Map<string, Sample[]> {
  const days = new Map<string, Sample[]>()
  let lastDate = ''
  let day: Sample[] = []
  for (const sample of samples) {
    const date = civilDate(sample.timezone, sample.start)
    if (date !== lastDate) {
      day = days.get(date) ?? []
      days.set(date, day)
      lastDate = date
    }
    day.push(sample)
  }
  return days
}

type ShardsAtHand = Pick<Differences, 'shards' | 'differences'> & { readonly dates: readonly string[] }

/** The shards at hand, and those stored besides that can enter the summaries of these civil dates. */
async function shardsAround(
  state: MergeState,
  { dates, shards, differences }: ShardsAtHand,
): Promise<Map<string, Shard>> {
  const others = shardDatesOf(dates).filter((date) => !shards.has(date))
  const zones = sumZones(new Set([...differences, ...shards.values()]))
  return new Map([...shards, ...shardsByDate(await state.read.shards(others, { dates, zones }))])
}

function shardsFor(dates: readonly string[], shards: Shards): Shard[] {
  return shardDatesOf(dates).flatMap((date) => [shards.get(date) ?? []])
}

function shardDatesOf(dates: readonly string[]): string[] {
  return sortedOnce(dates.flatMap(shardDatesFor))
}

function sortedOnce(dates: readonly string[]): string[] {
  return [...new Set(dates)].sort()
}

interface DatedShard {
  readonly date: string
  readonly samples: readonly Sample[]
  readonly dates: readonly string[]
}

function toShard({ date, samples, dates }: DatedShard): SampleShard {
  const [from, to] = [dates[0], dates.at(-1)]
  return { utc_date: date, samples, ...(from && to && { reach: { from, to } }) }
}

interface OwnOfDay {
  /** Those that start on the day. */
  readonly samples: readonly Sample[]
  /** How many clock hours were observed. */
  readonly hours: number
  readonly vitals: DayVitals
}

/** The digest covers the day's own samples and, through row and vitals, what neighbouring days reach into it. */
function toDayRecord(row: SummaryRow, { samples, hours, vitals }: OwnOfDay): DayRecord {
  const { upload_ids: _, ...content } = row
  const figures = `${JSON.stringify([content, vitals])}\n`
  const digest = sha256([figures, ...dayDigestParts(samples)])
  return { ...row, digest, details: { observed_hours: hours, span: spanOf(samples), vitals } }
}
