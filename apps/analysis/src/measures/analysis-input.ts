import { type Sample, addDays, civilDate, datesBetween, shardDatesFor } from '@clarity/health-data'
import type { DayRecord, MergeState } from '@clarity/record-store'
import { contentId, sha256 } from './content-hash.ts'
import type { MergedDays } from './merge-days.ts'
import { VALID_DAY_HOURS } from './observed-hours.ts'

export const WINDOW_DAYS = 7
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
  /** The accepted samples that start in the window's civil days. */
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
  const samples = await samplesOf(state, { context, start, end })
  const timezone = samples.at(-1)?.timezone ?? days.at(-1)?.timezone ?? 'UTC'
  const digest = sha256(days.map((day) => `${day.date} ${day.digest}`).join('\n'))
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

/** The accepted samples of the window, in order of start: those merged now, and those that were stored before. */
async function samplesOf(
  state: MergeState,
  { context, start, end }: { context: { merged: MergedDays }; start: string; end: string },
): Promise<Sample[]> {
  const fresh = new Map(context.merged.result.shards.map((shard) => [shard.utc_date, shard.samples]))
  for (const shard of state.shards) if (!fresh.has(shard.utc_date)) fresh.set(shard.utc_date, shard.samples)
  const dates = datesBetween(shardDatesFor(start)[0]!, shardDatesFor(end).at(-1)!)
  const stored = await state.read.shards(dates.filter((date) => !fresh.has(date)))
  const all = [...dates.flatMap((date) => fresh.get(date) ?? []), ...stored.flatMap((shard) => shard.samples)]
  const isInWindow = ({ verdict, timezone, start: at }: Sample) => {
    const date = civilDate(timezone, at)
    return verdict === 'accepted' && date >= start && date <= end
  }
  return all.filter(isInWindow).sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
}
