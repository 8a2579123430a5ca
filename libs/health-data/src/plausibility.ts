import { metricFor } from './metrics.ts'
import type { BaseVerdict, Sample } from './sample.ts'

const dayMs = 86_400_000
const earliest = Date.UTC(1900, 0, 1)
const stepsPerMinute = 300
const minutesPerDay = 1440
/** Beyond any measurement of a person in any unit here; sums of such values would leave the range of numbers. */
const largestValue = 1e9

/**
 * What a sample is worth by itself: `unknown` where its type has no metric, `implausible` where its value is outside
 * the metric's range, its end precedes its start, or it starts before 1900 or more than a day after `receivedAt`.
 */
export function baseVerdict(
  sample: Pick<Sample, 'type' | 'value' | 'start' | 'end' | 'extent'>,
  receivedAt: number,
): BaseVerdict {
  const { type, value, start, end, extent } = sample
  const metric = metricFor(type)
  if (!metric) return 'unknown'
  if (end < start || start < earliest || start > receivedAt + dayMs) return 'implausible'
  if (value === null) return 'accepted'
  const [low, high] = metric.plausible ?? [-largestValue, largestValue]
  if (value < low || value > high) return 'implausible'
  if (metric.kind === 'cumulative' && value < 0) return 'implausible'
  if (type === 'step_count') {
    // One without an end may stand for a whole day.
    const minutes = extent === undefined ? Math.max(1, (end - start) / 60_000) : minutesPerDay
    return value / minutes > stepsPerMinute ? 'implausible' : 'accepted'
  }
  return type === 'sleep_analysis' && end - start > dayMs ? 'implausible' : 'accepted'
}
