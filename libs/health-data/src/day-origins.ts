import { civilDate, datesBetween } from './civil-time.ts'
import { metricFor } from './metrics.ts'
import type { Sample } from './sample.ts'
import { longestSpreadMs } from './totals.ts'

/** Where a day's samples come from; its zone is that of its latest sample. */
export interface DayOrigin {
  timezone: string
  /** Start of the latest sample; -Infinity where samples only reach into the day. */
  latest: number
  readonly sources: Set<string>
  readonly uploads: Set<string>
}

/** Civil dates later than its first into which a sum reaches. */
function laterDates({ type, start, end, timezone }: Sample, first: string): readonly string[] {
  if (end <= start || end - start > longestSpreadMs) return none
  const last = civilDate(timezone, end - 0.001)
  if (first === last || metricFor(type)?.kind !== 'cumulative') return none
  return datesBetween(first, last).slice(1)
}

const none: readonly string[] = []

function note({ sources, uploads }: DayOrigin, name: string | null, uploadIds: readonly string[]): void {
  for (const upload of uploadIds) uploads.add(upload)
  if (name !== null) sources.add(name)
}

/** Origins by civil date, of accepted samples and, on these dates, of those that repeat them. Sorted by start. */
export function dayOrigins(samples: readonly Sample[]): Map<string, DayOrigin> {
  const days = new Map<string, DayOrigin>()
  const dayOf = (date: string, timezone: string): DayOrigin => {
    let day = days.get(date)
    if (!day) days.set(date, (day = { timezone, latest: -Infinity, sources: new Set(), uploads: new Set() }))
    return day
  }
  let noted: Sample | undefined
  let notedDay: DayOrigin | undefined
  let notedDate = ''
  const repeats: Sample[] = []
  for (const sample of samples) {
    const { start, timezone, source, upload_ids, verdict } = sample
    if (verdict === 'duplicate') repeats.push(sample)
    if (verdict !== 'accepted') continue
    const name = source.name ?? source.bundle_id ?? source.product
    const firstDate = civilDate(timezone, start)
    const first = notedDay && firstDate === notedDate ? notedDay : dayOf(firstDate, timezone)
    // Most samples come from where the one before came from.
    if (first !== notedDay || source !== noted?.source || upload_ids !== noted.upload_ids)
      note(first, name, upload_ids)
    noted = sample
    notedDay = first
    notedDate = firstDate
    for (const date of laterDates(sample, firstDate)) note(dayOf(date, timezone), name, upload_ids)
    if (start >= first.latest) {
      first.timezone = timezone
      first.latest = start
    }
  }
  for (const sample of repeats) {
    const firstDate = civilDate(sample.timezone, sample.start)
    for (const date of [firstDate, ...laterDates(sample, firstDate)]) {
      const day = days.get(date)
      if (day) note(day, null, sample.upload_ids)
    }
  }
  return days
}
