import { isObject, isTold, type JsonObject, listOr } from './json.ts'
import { parseDate } from './parse-date.ts'

const minuteMs = 60_000
const steps = [24 * 60 * minuteMs, 60 * minuteMs, minuteMs] as const

/** How far apart the rows of an aggregated metric are, in ms. */
export type Bucket = (typeof steps)[number]

function isJoined({ source }: JsonObject): boolean {
  return typeof source === 'string' && source.includes('|')
}

/**
 * How long each row of a cumulative metric covers, if its rows are sums that HealthKit merged over sources. The export does not say
 * so: it shows in rows that all begin at midnight (days), or in sources joined by `|`. Rows of whole hours or minutes
 * from one source could be samples as well; they stay what they look like.
 */
export function bucketOf(data: unknown): Bucket | undefined {
  const points = listOr(data).filter(isObject)
  // A row with an end of its own is a sample.
  if (points.some(({ endDate }) => isTold(endDate))) return undefined
  const times = points.flatMap(({ date }) => parseDate(date)?.wallTime ?? [])
  const step = times.length === 0 ? undefined : steps.find((each) => times.every((time) => time % each === 0))
  return step === steps[0] || points.some(isJoined) ? step : undefined
}
