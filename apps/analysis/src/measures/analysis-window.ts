import { addDays, startOfDay } from '@clarity/health-data'
import type { CurrentAnalysis, DayOutline, MergeReader, MergeResult } from '@clarity/record-store'
import { BASELINE_DAYS } from '@clarity/vitals'
import { contentId, sha256 } from './content-hash.ts'
import { daySpan } from './day-span.ts'
import { VALID_DAY_HOURS } from './observed-hours.ts'

const WINDOW_DAYS = 7
const NOON_MS = 12 * 3_600_000
/** How many stored days are searched for the last valid one. */
export const DAYS_SEARCHED = 60
/** By its own clock a sample may start this many days after the window and lie within it by the window's clock. */
const DAYS_REACHING_BACK = 2
/** Names the methods behind an analysis: another version makes another analysis of the same days. */
export const METHOD_VERSION = '5'

/** Whose days, and the model that reads them. */
export interface WindowSource {
  readonly userId: string
  readonly modelSha256: string
}

/** The week to analyse, as the stored days alone tell it. */
export interface AnalysisWindow {
  readonly analysisId: string
  /** Of every day that the analysis reads. */
  readonly digest: string
  /** First and last civil date. */
  readonly start: string
  readonly end: string
  /** The zone of the latest sample: window and grid use this one. */
  readonly timezone: string
  /** The first date that the baseline may read. */
  readonly baselineStart: string
}

export function isValidDay({ details }: Pick<DayOutline, 'details'>): boolean {
  return Number(details?.observed_hours ?? 0) >= VALID_DAY_HOURS
}

/**
 * The window of these days, oldest first: the seven civil days that end with the last valid one (with the last one
 * held, where none is valid); null where there is none.
 */
export function chooseWindow(held: readonly DayOutline[], source: WindowSource): AnalysisWindow | null {
  const end = (held.findLast(isValidDay) ?? held.at(-1))?.date
  if (held[0] === undefined || end === undefined) return null
  const start = addDays(end, 1 - WINDOW_DAYS)
  const from = addDays(start, -BASELINE_DAYS)
  const baselineStart = held[0].date > from ? held[0].date : from
  const timezone = latestZone(held.filter(({ date }) => date >= start && date <= end))
  const isRead = readBy({ start, end, timezone })
  const to = addDays(end, DAYS_REACHING_BACK)
  const lines = held
    .filter((day) => day.date >= baselineStart && day.date <= to && isRead(day))
    .map((day) => `${day.date} ${day.digest}`)
  const digest = sha256(lines.join('\n'))
  const { userId, modelSha256 } = source
  const analysisId = contentId(userId, start, end, timezone, digest, modelSha256, METHOD_VERSION)
  return { analysisId, digest, start, end, timezone, baselineStart }
}

/** Names the current analysis of the days as they are once this merge is written. */
export async function currentAfter(
  read: Pick<MergeReader, 'lastDays'>,
  result: MergeResult,
  source: WindowSource,
): Promise<CurrentAnalysis> {
  const held = heldAfter(await read.lastDays(DAYS_SEARCHED), result)
  return { current_analysis_id: chooseWindow(held, source)?.analysisId ?? null }
}

function heldAfter(stored: readonly DayOutline[], { days, removedDays = [] }: MergeResult): DayOutline[] {
  const changed = new Set([...removedDays, ...days.map(({ date }) => date)])
  return [...stored.filter(({ date }) => !changed.has(date)), ...days]
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .slice(-DAYS_SEARCHED)
}

/** The zone of the latest sample that starts on one of these days. */
function latestZone(days: readonly DayOutline[]): string {
  let [latest, timezone] = [-Infinity, days.at(-1)?.timezone ?? 'UTC']
  for (const day of days) {
    const span = daySpan(day)
    if (span && span.latest >= latest) [latest, timezone] = [span.latest, day.timezone]
  }
  return timezone
}

/** Whether the analysis reads a day: one of the window, a valid one before it, or one that reaches into it. */
function readBy({ start, end, timezone }: Pick<AnalysisWindow, 'start' | 'end' | 'timezone'>) {
  // The first night of the window starts on the evening before it.
  const from = startOfDay(timezone, addDays(start, -1)) + NOON_MS
  const to = startOfDay(timezone, addDays(end, 1))
  return (day: DayOutline): boolean => {
    const { date } = day
    if (date >= start && date <= end) return true
    if (date < start && isValidDay(day)) return true
    const span = daySpan(day)
    if (!span) return span === undefined
    return date < start ? span.to >= from : span.from < to
  }
}
