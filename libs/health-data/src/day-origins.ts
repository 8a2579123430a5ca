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

/** Later civil dates into which a sum reaches. */
function laterDates({ type, start, end, timezone }: Sample): string[] {
  const isSpread = metricFor(type)?.kind === 'cumulative' && end > start && end - start <= longestSpreadMs
  return isSpread ? datesBetween(civilDate(timezone, start), civilDate(timezone, end - 0.001)).slice(1) : []
}

/** Origins by civil date, of accepted samples and of those that repeat them. Sorted by start. */
export function dayOrigins(samples: readonly Sample[]): Map<string, DayOrigin> {
  const days = new Map<string, DayOrigin>()
  const dayOf = (date: string, timezone: string): DayOrigin => {
    const day = days.get(date) ?? { timezone, latest: -Infinity, sources: new Set(), uploads: new Set() }
    days.set(date, day)
    return day
  }
  for (const sample of samples) {
    const { start, timezone, source, upload_ids, verdict } = sample
    if (verdict !== 'accepted' && verdict !== 'duplicate') continue
    const name = source.name ?? source.bundle_id ?? source.product
    const first = dayOf(civilDate(timezone, start), timezone)
    for (const day of [first, ...laterDates(sample).map((date) => dayOf(date, timezone))]) {
      for (const upload of upload_ids) day.uploads.add(upload)
      if (name !== null && verdict === 'accepted') day.sources.add(name)
    }
    if (verdict === 'accepted' && start >= first.latest) Object.assign(first, { timezone, latest: start })
  }
  return days
}
