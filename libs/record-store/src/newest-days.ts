import type { DocumentSnapshot } from '@google-cloud/firestore'
import type { DayOutline, MergeResult } from './days.ts'

/** How many outlines one document holds: a week, its baseline, and days before the last valid one. */
export const NEWEST_DAYS = 64

/** The outlines of the newest stored days, oldest first; undefined where they were not written yet. */
export function readNewest(snapshot: DocumentSnapshot | undefined): DayOutline[] | undefined {
  const text: unknown = snapshot?.get('outlines')
  return typeof text === 'string' ? (JSON.parse(text) as DayOutline[]) : undefined
}

/** As text: sixty maps cost the client of Firestore twenty times as much. */
export function newestFields(days: readonly DayOutline[]): { readonly outlines: string } {
  return { outlines: JSON.stringify(days) }
}

/** Of a list that was the newest days, what of it still is after a merge, and what the merge made, oldest first. */
export function newestAfter(
  days: readonly DayOutline[],
  { days: made, removedDays = [] }: Pick<MergeResult, 'days' | 'removedDays'>,
): DayOutline[] {
  const changed = new Set([...removedDays, ...made.map(({ date }) => date)])
  const outlines = made.map(({ date, timezone, digest, details }) => ({
    date,
    timezone,
    digest,
    ...(details && { details: { observed_hours: details.observed_hours, span: details.span } }),
  }))
  return [...days.filter(({ date }) => !changed.has(date)), ...outlines]
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .slice(-NEWEST_DAYS)
}
