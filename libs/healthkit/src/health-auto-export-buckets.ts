import { metricFor } from '@clarity/health-data'
import { isObject, type JsonObject, listOr } from './json.ts'
import { parseDate } from './parse-date.ts'
import { metricNamed } from './type-names.ts'

const minuteMs = 60_000
const steps = [24 * 60 * minuteMs, 60 * minuteMs, minuteMs] as const

/** How far apart the rows of an aggregated metric are, in ms. */
export type Bucket = (typeof steps)[number]

function isCumulative(metric: JsonObject): boolean {
  if (typeof metric.name !== 'string') return false
  return (metricFor(metric.name) ?? metricNamed(metric.name))?.kind === 'cumulative'
}

function points(metric: JsonObject): readonly JsonObject[] {
  return listOr(metric.data).filter(isObject)
}

function wallTimes(metric: JsonObject): number[] {
  return points(metric).flatMap((point) => parseDate(point.date)?.wallTime ?? [])
}

function hasJoinedSources(metric: JsonObject): boolean {
  return points(metric).some((point) => typeof point.source === 'string' && point.source.includes('|'))
}

function coarsest(times: readonly number[]): Bucket | undefined {
  return times.length === 0 ? undefined : steps.find((step) => times.every((time) => time % step === 0))
}

/**
 * Which metrics of an export hold sums that HealthKit merged over sources, and how long each covers. The export does
 * not say so: it shows in rows that all begin at midnight (days), or in sources joined by `|`. Rows of whole hours or
 * minutes from one source could be samples as well; they stay what they look like.
 */
export function bucketsOf(metrics: readonly unknown[]): ReadonlyMap<JsonObject, Bucket> {
  const sums = metrics.filter(isObject).filter(isCumulative)
  const dayMs = steps[0]
  const inDays = coarsest(sums.flatMap(wallTimes)) === dayMs
  const buckets = new Map<JsonObject, Bucket>()
  for (const metric of sums) {
    const step = inDays ? dayMs : coarsest(wallTimes(metric))
    if (step !== undefined && (step === dayMs || hasJoinedSources(metric))) buckets.set(metric, step)
  }
  return buckets
}
