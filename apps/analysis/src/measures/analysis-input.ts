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
import { BASELINE_DAYS } from '@clarity/vitals'
import { contentId, sha256 } from './content-hash.ts'
import type { MergedDays } from './merge-days.ts'
import { VALID_DAY_HOURS } from './observed-hours.ts'

const WINDOW_DAYS = 7
const NOON_MS = 12 * 3_600_000
const SLEEP_TYPES: readonly string[] = ['sleep_analysis', 'sleep_night']
/** How many stored days are searched for the last valid one. */
const DAYS_SEARCHED = 60
/** By its own clock a sample may start this many days after the window and lie within it by the window's clock. */
const DAYS_REACHING_BACK = 2
/** Names the methods behind an analysis: another version makes another analysis of the same days. */
export const METHOD_VERSION = '2'

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
  /** The valid days of the 28 days before the window, oldest first: the person's own baseline. */
  readonly baseline: readonly DayRecord[]
  /** The accepted samples that touch the window, in order of start. */
  readonly samples: readonly Sample[]
  /** The accepted sleep of the window's nights, in order of start: from noon before its first date to its end. */
  readonly sleep: readonly Sample[]
  /** The uploads whose samples any of it was made from, sorted. */
  readonly uploadIds: readonly string[]
}

export function isValidDay(day: DayRecord): boolean {
  return Number(day.details?.observed_hours ?? 0) >= VALID_DAY_HOURS
}

/** The week to analyse, as the stored days alone tell it. */
export interface AnalysisWindow {
  readonly start: string
  readonly end: string
  /** The days around the newest one, oldest first. */
  readonly held: readonly DayRecord[]
  /** Another one where a day changed that window, baseline, or the days that reach into them are made from. */
  readonly daysDigest: string
}

export interface InputSource {
  readonly merged: Pick<MergedDays, 'result'>
  readonly userId: string
  readonly modelSha256: string
}

/**
 * The window as it stands with these merged days: the seven civil days that end with the last valid day held (with the
 * last day held, where none is valid); null where no day is held.
 */
export async function chooseWindow(
  state: Pick<MergeState, 'read'>,
  { merged: { result }, modelSha256 }: Omit<InputSource, 'userId'>,
): Promise<AnalysisWindow | null> {
  const removed = new Set([...(result.removedDays ?? []), ...result.days.map(({ date }) => date)])
  const stored = await state.read.lastDays(DAYS_SEARCHED)
  const held = [...stored.filter(({ date }) => !removed.has(date)), ...result.days].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  )
  const end = (held.filter(isValidDay).at(-1) ?? held.at(-1))?.date
  if (end === undefined) return null
  const start = addDays(end, 1 - WINDOW_DAYS)
  const [from, to] = [addDays(start, -BASELINE_DAYS), addDays(end, DAYS_REACHING_BACK)]
  const lines = held
    .filter(({ date }) => date >= from && date <= to)
    .map(({ date, digest }) => `${date} ${digest}`)
  const daysDigest = sha256([METHOD_VERSION, modelSha256, start, end, ...lines].join('\n'))
  return { start, end, held, daysDigest }
}

/** The input of the analysis as it stands with these merged days; null where no day is held. */
export async function chooseInput(state: MergeState, context: InputSource): Promise<AnalysisInput | null> {
  const window = await chooseWindow(state, context)
  return window && readInput(state, { ...context, window })
}

/** The input of the analysis of a window: its days, baseline and samples. */
export async function readInput(
  state: Pick<MergeState, 'shards' | 'read'>,
  context: InputSource & { readonly window: AnalysisWindow },
): Promise<AnalysisInput> {
  const { start, end, held } = context.window
  const days = held.filter(({ date }) => date >= start && date <= end)
  const from = addDays(start, -BASELINE_DAYS)
  const baseline = held.filter((day) => day.date >= from && day.date < start && isValidDay(day))
  const near = await samplesAround(state, { context, start, end })
  const timezone = near.findLast(isWithinDates(start, end))?.timezone ?? days.at(-1)?.timezone ?? 'UTC'
  const samples = near.filter(touchesWindow({ timezone, start, end }))
  const sleep = near.filter(sleepsWithin({ timezone, start, end }))
  const digest = digestOf({ days, baseline, samples: [...new Set([...samples, ...sleep])] })
  const analysisId = contentId(
    context.userId,
    start,
    end,
    timezone,
    digest,
    context.modelSha256,
    METHOD_VERSION,
  )
  const uploadIds = uploadsBehind({ days, baseline, samples }, held)
  return { analysisId, digest, start, end, timezone, days, baseline, samples, sleep, uploadIds }
}

/** Covers the days, the baseline days, and the samples that reach into the window from other days than its own. */
function digestOf({ days, baseline, samples }: Pick<AnalysisInput, 'days' | 'baseline' | 'samples'>): string {
  const dates = new Set(days.map(({ date }) => date))
  const others = samples.filter(({ timezone, start }) => !dates.has(civilDate(timezone, start)))
  const lines = [...baseline, ...days].map((day) => `${day.date} ${day.digest}`)
  return sha256([...lines, dayDigest(others)].join('\n'))
}

/** A day's night also reads the evening before it, which need not be a day of the window or the baseline. */
function uploadsBehind(
  { days, baseline, samples }: Pick<AnalysisInput, 'days' | 'baseline' | 'samples'>,
  held: readonly DayRecord[],
): string[] {
  const dates = new Set([...days, ...baseline].flatMap(({ date }) => [date, addDays(date, -1)]))
  const read = [...held.filter(({ date }) => dates.has(date)), ...samples]
  return [...new Set(read.flatMap(({ upload_ids }) => upload_ids))].sort()
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

/** Whether a sample tells of a night that ends on a date of the window. */
function sleepsWithin({ timezone, start, end }: Pick<AnalysisInput, 'timezone' | 'start' | 'end'>) {
  const noon = startOfDay(timezone, addDays(start, -1)) + NOON_MS
  const to = startOfDay(timezone, addDays(end, 1))
  return (sample: Sample) => SLEEP_TYPES.includes(sample.type) && sample.start >= noon && sample.start < to
}

/** The accepted samples around the window, in order of start: those merged now, and those that were stored before. */
async function samplesAround(
  state: Pick<MergeState, 'shards' | 'read'>,
  { context, start, end }: { context: Pick<InputSource, 'merged'>; start: string; end: string },
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
