import { isObject, isTold, type JsonObject, listOr } from './json.ts'
import { parseDate } from './parse-date.ts'

const dayMs = 24 * 3_600_000

/** What a row of an aggregated export covers, where that is more than a day. */
export type Period = 'week' | 'month' | 'year'

/** Whether a date is written as a midnight. */
export function isMidnight(date: unknown): boolean {
  const time = parseDate(date)?.wallTime
  return time !== undefined && time % dayMs === 0
}

/** Of a list of rows their midnights; undefined where one begins at any other time, or has an end of its own. */
function midnightsOf(rows: unknown): readonly number[] | undefined {
  const midnights: number[] = []
  for (const row of listOr(rows)) {
    if (!isObject(row)) continue
    const time = isTold(row.endDate) ? NaN : parseDate(row.date)?.wallTime
    if (time === undefined) continue
    if (time % dayMs !== 0) return undefined
    midnights.push(time)
  }
  return midnights
}

/**
 * Whether the rows of a cumulative metric are sums of days, merged over sources by HealthKit. The export does not say
 * so: it shows in rows that all begin at midnight. Rows of hours or minutes may be samples as well; what they are shows in
 * all rows of a day, whichever uploads they came by.
 */
export function isByDay(rows: unknown): boolean {
  return (midnightsOf(rows)?.length ?? 0) > 0
}

function periodBetween(midnights: readonly number[]): Period | undefined {
  const [first = 0] = midnights
  const dates = midnights.map((midnight) => new Date(midnight))
  if (dates.every((date) => date.getUTCDate() === 1))
    return dates.every((date) => date.getUTCMonth() === 0) ? 'year' : 'month'
  return midnights.every((midnight) => (midnight - first) % (7 * dayMs) === 0) ? 'week' : undefined
}

/**
 * The period over which an export's rows are summed. The export does not say it: it shows where every row of every sum
 * begins at midnight of one weekday, or of the first day of a month, and some sum has two. A single row of each may be a
 * day's.
 */
export function periodOf(sums: readonly JsonObject[]): Period | undefined {
  const all: number[] = []
  let isRepeated = false
  for (const { data } of sums) {
    const midnights = midnightsOf(data)
    if (!midnights) return undefined
    isRepeated ||= midnights.some((midnight) => midnight !== midnights[0])
    all.push(...midnights)
  }
  return isRepeated ? periodBetween(all) : undefined
}
