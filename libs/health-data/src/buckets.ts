import { acceptedByType } from './accepted-by-type.ts'
import { addDays, civilDate, clockHour, startOfDay } from './civil-time.ts'
import { metricFor } from './metrics.ts'
import type { Sample } from './sample.ts'
import { compareText } from './settle.ts'
import { rounded } from './summarise.ts'
import { type TotalsOptions, cut, mergeAmounts } from './totals.ts'

const hourMs = 3_600_000

export type BucketWidth = 'hour' | 'day'

/** What the samples of one type come to in one clock hour or civil day. */
export interface Bucket {
  /** Orders buckets: of an hour its start, of a day its date as midnight UTC. */
  readonly at: number
  /** Epoch milliseconds; a civil day may have 23, 24 or 25 hours. */
  readonly start: number
  readonly end: number
  /** The zone whose clock cut it. */
  readonly timezone: string
  readonly type: string
  /** Samples that start in it. */
  readonly count: number
  /** Of the values of these samples; null for a category, whose codes are no amounts. */
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  /** Of a cumulative metric: each moment counted once over all sources, and prorated. Null for any other. */
  readonly sum: number | null
  readonly unit: string
}

interface Slot {
  timezone: string
  latest: number
  count: number
  valued: number
  total: number
  min: number
  max: number
  sum: number
}

/**
 * Buckets of accepted samples, oldest first, then by type; hours and days in which nothing falls are left out. A sample
 * enters the bucket in which it starts, a sum also those into which it reaches, as in the summaries of days.
 */
export function bucketsOf(
  samples: readonly Sample[],
  width: BucketWidth,
  totals: TotalsOptions = {},
): Bucket[] {
  return [...acceptedByType(samples)]
    .flatMap(([type, group]) => bucketsOfType(type, countedBy(totals, group), width))
    .sort((left, right) => left.at - right.at || compareText(left.type, right.type))
}

/** What enters figures: of a sum, what a person typed in only where that counts. */
function countedBy({ includeUserEntered = false }: TotalsOptions, samples: readonly Sample[]): Sample[] {
  return samples.filter(
    ({ type, user_entered }) => includeUserEntered || !user_entered || metricFor(type)?.kind !== 'cumulative',
  )
}

function bucketsOfType(type: string, samples: readonly Sample[], width: BucketWidth): Bucket[] {
  const kind = metricFor(type)?.kind
  const isSum = kind === 'cumulative'
  const slots = new Map<number, Slot>()
  const slotOf = (instant: number, timezone: string): Slot => {
    const at = width === 'hour' ? clockHour(instant, timezone) : Date.parse(civilDate(timezone, instant))
    const slot = slots.get(at) ?? emptySlot(timezone)
    slots.set(at, slot)
    if (instant >= slot.latest) Object.assign(slot, { timezone, latest: instant })
    return slot
  }
  for (const sample of samples) addSample(slotOf(sample.start, sample.timezone), sample, kind === 'category')
  if (isSum) {
    for (const contribution of mergeAmounts(samples, { includeUserEntered: true })) {
      const { timezone } = contribution
      for (const { start, value } of cut(contribution, (instant) => nextBorder(instant, timezone, width)))
        slotOf(start, timezone).sum += value ?? 0
    }
  }
  const unit = samples[0]?.unit ?? ''
  return [...slots].map(([at, slot]) => bucketOf({ at, slot, width, type, unit, isSum }))
}

function emptySlot(timezone: string): Slot {
  return {
    timezone,
    latest: -Infinity,
    count: 0,
    valued: 0,
    total: 0,
    min: Infinity,
    max: -Infinity,
    sum: 0,
  }
}

function addSample(slot: Slot, { value, min, max }: Sample, isCode: boolean): void {
  slot.count += 1
  if (value === null || isCode) return
  slot.valued += 1
  slot.total += value
  slot.min = Math.min(slot.min, min ?? value)
  slot.max = Math.max(slot.max, max ?? value)
}

function nextBorder(instant: number, timezone: string, width: BucketWidth): number {
  if (width === 'hour') return clockHour(instant, timezone) + hourMs
  return startOfDay(timezone, addDays(civilDate(timezone, instant), 1))
}

interface FilledSlot {
  readonly at: number
  readonly slot: Slot
  readonly width: BucketWidth
  readonly type: string
  readonly unit: string
  readonly isSum: boolean
}

function bucketOf({ at, slot, width, type, unit, isSum }: FilledSlot): Bucket {
  const { timezone, count, valued, total, min, max, sum } = slot
  const date = new Date(at).toISOString().slice(0, 10)
  return {
    at,
    start: width === 'hour' ? at : startOfDay(timezone, date),
    end: width === 'hour' ? at + hourMs : startOfDay(timezone, addDays(date, 1)),
    timezone,
    type,
    count,
    min: valued > 0 ? rounded(min) : null,
    max: valued > 0 ? rounded(max) : null,
    mean: valued > 0 ? rounded(total / valued) : null,
    sum: isSum ? rounded(sum) : null,
    unit,
  }
}
