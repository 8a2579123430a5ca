import { type Sample, addDays, datesBetween, shardDatesFor, startOfDay } from '@clarity/health-data'
import type { DayRecord, MergeReader, MergeResult } from '@clarity/record-store'
import {
  type AnalysisWindow,
  DAYS_SEARCHED,
  type WindowSource,
  chooseWindow,
  isValidDay,
} from './analysis-window.ts'

const NOON_MS = 12 * 3_600_000
const SLEEP_TYPES: readonly string[] = ['sleep_analysis', 'sleep_night']

/** Everything one analysis is made from. */
export interface AnalysisInput extends Omit<AnalysisWindow, 'baselineStart'> {
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

/** Reads one state of a person's days. */
export type DaysReader = Pick<MergeReader, 'days' | 'lastDays' | 'shards'>

/** The input of the analysis of these days; null where none is held. */
export async function readInput(read: DaysReader, source: WindowSource): Promise<AnalysisInput | null> {
  const window = chooseWindow(await read.lastDays(DAYS_SEARCHED), source)
  if (window === null) return null
  const { baselineStart, ...own } = window
  const { start, end } = own
  // A day's night also reads the evening before it, which need not be a day of the window or the baseline.
  const held = await read.days(addDays(baselineStart, -1), end)
  const days = held.filter(({ date }) => date >= start)
  const baseline = held.filter((day) => day.date >= baselineStart && day.date < start && isValidDay(day))
  const near = await samplesAround(read, own)
  const samples = near.filter(touchesWindow(own))
  const sleep = near.filter(sleepsWithin(own))
  const uploadIds = uploadsBehind({ days, baseline, samples }, held)
  return { ...own, days, baseline, samples, sleep, uploadIds }
}

/** The days that a merge makes, as all that there is. */
export function readerOf({ shards, days }: Pick<MergeResult, 'shards' | 'days'>): DaysReader {
  return {
    days: async (start, end) => days.filter(({ date }) => date >= start && date <= end),
    lastDays: async (count) => days.slice(-count),
    shards: async (dates) => shards.filter(({ utc_date }) => dates.includes(utc_date)),
  }
}

function uploadsBehind(
  { days, baseline, samples }: Pick<AnalysisInput, 'days' | 'baseline' | 'samples'>,
  held: readonly DayRecord[],
): string[] {
  const dates = new Set([...days, ...baseline].flatMap(({ date }) => [date, addDays(date, -1)]))
  const read = [...held.filter(({ date }) => dates.has(date)), ...samples]
  return [...new Set(read.flatMap(({ upload_ids }) => upload_ids))].sort()
}

type Bounds = Pick<AnalysisWindow, 'timezone' | 'start' | 'end'>

/** Whether any of a sample lies within the window, by the window's clock. */
function touchesWindow({ timezone, start, end }: Bounds) {
  const from = startOfDay(timezone, start)
  const to = startOfDay(timezone, addDays(end, 1))
  return (sample: Sample) => sample.start < to && (sample.start >= from || sample.end > from)
}

/** Whether a sample tells of a night that ends on a date of the window. */
function sleepsWithin({ timezone, start, end }: Bounds) {
  const noon = startOfDay(timezone, addDays(start, -1)) + NOON_MS
  const to = startOfDay(timezone, addDays(end, 1))
  return (sample: Sample) => SLEEP_TYPES.includes(sample.type) && sample.start >= noon && sample.start < to
}

/** The accepted samples around the window, in order of start. */
async function samplesAround(
  read: Pick<DaysReader, 'shards'>,
  { start, end }: Pick<AnalysisWindow, 'start' | 'end'>,
): Promise<Sample[]> {
  const shards = await read.shards(datesBetween(shardDatesFor(start)[0]!, shardDatesFor(end).at(-1)!))
  return shards
    .flatMap(({ samples }) => samples.filter(({ verdict }) => verdict === 'accepted'))
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
}
