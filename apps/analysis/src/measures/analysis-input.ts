import {
  type Sample,
  addDays,
  civilDate,
  datesBetween,
  dayDigest,
  shardDatesFor,
  startOfDay,
} from '@clarity/health-data'
import type { DayRecord, MergeState } from '@clarity/record-store'
import { contentId, sha256 } from './content-hash.ts'
import type { MergedDays } from './merge-days.ts'
import { VALID_DAY_HOURS } from './observed-hours.ts'

const WINDOW_DAYS = 7
/** How many stored days are searched for the last valid one. */
const DAYS_SEARCHED = 60
/** Names the methods behind an analysis: another version makes another analysis of the same days. */
export const METHOD_VERSION = '1'

/** Everything one analysis is made from. */
export interface AnalysisInput {
  readonly analysisId: string
  readonly digest: string
  /** First and last civil date. */
  readonly start: string
  readonly end: string
  /** The zone of the latest sample: window and grid use this one. */
  readonly timezone: string
  /** The stored days of the window, oldest first; dates without data are left out. */
  readonly days: readonly DayRecord[]
  /** The accepted samples that touch the window, in order of start. */
  readonly samples: readonly Sample[]
}

export function isValidDay(day: DayRecord): boolean {
  return Number(day.details?.observed_hours ?? 0) >= VALID_DAY_HOURS
}

/**
 * The input of the analysis as it stands with these merged days: the seven civil days that end with the last valid
 * day held (with the last day held, where none is valid).
 */
export async function chooseInput(
  state: MergeState,
  context: { readonly merged: MergedDays; readonly userId: string; readonly modelSha256: string },
): Promise<AnalysisInput | null> {
  const { result } = context.merged
  const removed = new Set([...(result.removedDays ?? []), ...result.days.map(({ date }) => date)])
  const stored = await state.read.lastDays(DAYS_SEARCHED)
  const held = [...stored.filter(({ date }) => !removed.has(date)), ...result.days].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  )
  const end = (held.filter(isValidDay).at(-1) ?? held.at(-1))?.date
  if (end === undefined) return null
  const start = addDays(end, 1 - WINDOW_DAYS)
  const days = held.filter(({ date }) => date >= start && date <= end)
  const near = await samplesAround(state, { context, start, end })
  const timezone = near.findLast(isWithinDates(start, end))?.timezone ?? days.at(-1)?.timezone ?? 'UTC'
  const samples = near.filter(touchesWindow({ timezone, start, end }))
  const digest = digestOf(days, samples)
  const analysisId = contentId(
    context.userId,
    start,
    end,
    timezone,
    digest,
    context.modelSha256,
    METHOD_VERSION,
  )
  return { analysisId, digest, start, end, timezone, days, samples }
}

/** Covers the days, and the samples that reach into the window from other days than these. */
function digestOf(days: readonly DayRecord[], samples: readonly Sample[]): string {
  const dates = new Set(days.map(({ date }) => date))
  const others = samples.filter(({ timezone, start }) => !dates.has(civilDate(timezone, start)))
  return sha256([...days.map((day) => `${day.date} ${day.digest}`), dayDigest(others)].join('\n'))
}

/** Whether a sample starts on one of these civil dates by its own clock. */
function isWithinDates(first: string, last: string) {
  return ({ timezone, start }: Sample) => {
    const date = civilDate(timezone, start)
    return date >= first && date <= last
  }
}

/** Whether any of a sample lies within the window, by the window's clock. */
function touchesWindow({ timezone, start, end }: Pick<AnalysisInput, 'timezone' | 'start' | 'end'>) {
  const from = startOfDay(timezone, start)
  const to = startOfDay(timezone, addDays(end, 1))
  return (sample: Sample) => sample.start < to && (sample.start >= from || sample.end > from)
}

/** The accepted samples around the window, in order of start: those merged now, and those that were stored before. */
async function samplesAround(
  state: MergeState,
  { context, start, end }: { context: { merged: MergedDays }; start: string; end: string },
): Promise<Sample[]> {
  const fresh = new Map(context.merged.result.shards.map((shard) => [shard.utc_date, shard.samples]))
  for (const shard of state.shards) if (!fresh.has(shard.utc_date)) fresh.set(shard.utc_date, shard.samples)
  const dates = datesBetween(shardDatesFor(start)[0]!, shardDatesFor(end).at(-1)!)
  const stored = await state.read.shards(dates.filter((date) => !fresh.has(date)))
  const all = [...dates.flatMap((date) => fresh.get(date) ?? []), ...stored.flatMap((shard) => shard.samples)]
  return all
    .filter(({ verdict }) => verdict === 'accepted')
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
}
