import { isObject, isTold, listOr } from './json.ts'
import { parseDate } from './parse-date.ts'

const dayMs = 24 * 3_600_000

/**
 * Whether the rows of a cumulative metric are sums of days, merged over sources by HealthKit. The export does not say
 * so: it shows in rows that all begin at midnight. Rows of hours or minutes may be samples as well; what they are shows in
 * all rows of a day, whichever uploads they came by.
 */
export function isByDay(data: unknown): boolean {
  const rows = listOr(data).filter(isObject)
  // A row with an end of its own is a sample.
  if (rows.some(({ endDate }) => isTold(endDate))) return false
  const times = rows.flatMap(({ date }) => parseDate(date)?.wallTime ?? [])
  return times.length > 0 && times.every((time) => time % dayMs === 0)
}
