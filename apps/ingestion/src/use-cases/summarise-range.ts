import { type SummaryRow, datesBetween, emptySummary, summaryRowSchema } from '@clarity/health-data'
import type { RecordStore } from '@clarity/record-store'

export interface SummaryRange {
  readonly userId: string
  /** Civil dates, both included. */
  readonly start: string
  readonly end: string
}

/** One row for every date of the range, oldest first; a date without a stored day is a row of nulls. */
export function summariseRange(records: RecordStore) {
  return async ({ userId, start, end }: SummaryRange): Promise<SummaryRow[]> => {
    const [days, user] = await Promise.all([
      records.days.summaries(userId, start, end),
      records.users.get(userId),
    ])
    const rows = new Map(days.map((day) => [day.date, summaryRowSchema.parse(day)]))
    return datesBetween(start, end).map(
      (date) => rows.get(date) ?? emptySummary(date, user?.timezone ?? 'UTC'),
    )
  }
}
