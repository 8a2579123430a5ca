import { addDays, civilDate, clockHour, startOfDay } from './civil-time.ts'
import { densestFirst } from './densest-first.ts'
import { type Interval, partsOutside, unionOf } from './intervals.ts'
import { tellRows } from './merged-rows.ts'
import type { Sample } from './sample.ts'
import { sourceKey } from './source-key.ts'
import { priorityKey } from './source-priority.ts'
import { compareText } from './settle.ts'

const hourMs = 3_600_000
const shortestDayMs = 23 * hourMs
/** A sum over a longer time says nothing of single days: it counts on the civil day in which it starts. */
export const longestSpreadMs = 48 * hourMs

/** A value that falls evenly on a span of time and belongs to the civil days of a zone; a sample may be one as it is. */
export interface Contribution extends Interval {
  /** Null adds nothing. */
  readonly value: number | null
  readonly timezone: string
}

/** Whether a sample's amount is spread over its time; that of a longer one stands where it starts. */
function isSpread({ start, end }: Interval): boolean {
  return end > start && end - start <= longestSpreadMs
}

/** Adds what a sample adds beside the time that is covered. */
function contribute(sample: Contribution, covered: readonly Interval[], contributions: Contribution[]): void {
  const { start, end, timezone, value } = sample
  const whole = end === start || isSpread(sample) ? sample : { start, end: start, timezone, value }
  if (covered.length === 0) {
    contributions.push(whole)
    return
  }
  const parts = partsOutside(whole, covered)
  const [first] = parts
  if (!first) contributions.push({ start, end: start, timezone, value: 0 })
  else if (first.start === start && first.end === whole.end) contributions.push(whole)
  else for (const part of parts) contributions.push(shareOf(whole, part))
}

/** The part of a contribution that falls on a part of its time. */
function shareOf({ start, end, value, timezone }: Contribution, part: Interval): Contribution {
  const share = ((value ?? 0) * (part.end - part.start)) / (end - start)
  return { start: part.start, end: part.end, timezone, value: share }
}

/** A sum with the time that it is of: that of a civil day was sent without its end, and is of the whole day. */
function wholeDay(sum: Sample): Sample {
  const { start, end, timezone } = sum
  if (end - start !== shortestDayMs) return sum
  const date = civilDate(timezone, start)
  return startOfDay(timezone, date) === start ? { ...sum, end: startOfDay(timezone, addDays(date, 1)) } : sum
}

/** Sums that HealthKit merged already: each counts as it is, but the same time only once. */
function mergeBuckets(buckets: readonly Sample[]): Contribution[] {
  const sorted = [...buckets].sort(
    (a, b) => a.start - b.start || (b.value ?? 0) - (a.value ?? 0) || compareText(a.id, b.id),
  )
  const contributions: Contribution[] = []
  let coveredUntil = -Infinity
  for (const bucket of sorted) {
    const covered = coveredUntil > bucket.start ? [{ start: bucket.start, end: coveredUntil }] : []
    contribute(bucket, covered, contributions)
    coveredUntil = Math.max(coveredUntil, bucket.end)
  }
  return contributions
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>()
  let last: string | undefined
  let group: Item[] = []
  for (const item of items) {
    const name = key(item)
    // Most are of the group of the one before.
    if (name !== last) {
      group = groups.get(name) ?? []
      groups.set(name, group)
      last = name
    }
    group.push(item)
  }
  return [...groups].sort(([left], [right]) => compareText(left, right))
}

/**
 * What the samples of one source add. Without a name they may be of many devices: there they cover each other, lest
 * phone and Watch count the same steps twice.
 */
function contributeSource(
  group: readonly Sample[],
  covered: readonly Interval[],
  contributions: Contribution[],
): void {
  const isNamed = group.some(({ source }) => sourceKey(source) !== '')
  const apart = isNamed ? group : group.filter((sample) => !isSpread(sample))
  for (const sample of apart) contribute(sample, covered, contributions)
  for (const { sample, ...part } of isNamed ? [] : densestFirst(group.filter(isSpread)))
    contribute(shareOf(sample, part), covered, contributions)
}

/**
 * Merges samples of one cumulative metric that have an extent: sources in order of priority, each sample adding only
 * the share of its interval that no source of higher priority covers (healthkit.md, section 9). Samples of one source
 * never cover each other, unless the source is unnamed. Buckets come first.
 */
function mergeIntervals({ buckets, measured }: Pick<ByExtent, 'buckets' | 'measured'>): Contribution[] {
  const contributions = mergeBuckets(buckets)
  let covered = unionOf(buckets)
  let before: readonly Sample[] = []
  for (const [, group] of groupBy(measured, (sample) => priorityKey(sample.source))) {
    // One that counts in an instant says nothing of the time after it.
    if (before.length > 0) covered = unionOf([...covered, ...before.filter(isSpread)])
    contributeSource(group, covered, contributions)
    before = group
  }
  return contributions
}

/** Cuts a contribution at the borders that `next` names: the first border after an instant. */
export function cut(contribution: Contribution, next: (instant: number) => number): Contribution[] {
  const { start, end } = contribution
  if (end <= start) return [contribution]
  const pieces: Contribution[] = []
  for (let from = start; from < end;) {
    const to = Math.min(end, next(from))
    pieces.push(shareOf(contribution, { start: from, end: to }))
    from = to
  }
  return pieces
}

interface HourOfSource {
  readonly amount: number
  readonly samples: readonly Sample[]
}

/** The source with the largest sum in one clock hour of samples that have no end; of equal starts the largest holds. */
function largestSource(samples: readonly Sample[]): HourOfSource {
  const sums = groupBy(samples, (sample) => priorityKey(sample.source)).map(([, group]) => {
    const byStart = new Map<number, Sample>()
    for (const sample of group) {
      const known = byStart.get(sample.start)
      if (!known || (sample.value ?? 0) > (known.value ?? 0)) byStart.set(sample.start, sample)
    }
    const counted = [...byStart.values()]
    return { amount: counted.reduce((total, { value }) => total + (value ?? 0), 0), samples: counted }
  })
  return sums.reduce((best, sum) => (sum.amount > best.amount ? sum : best))
}

type Hours = Map<number, HourOfSource>

function largestByHour(open: readonly Sample[]): Hours {
  const byHour = groupBy(open, ({ start, timezone }) => String(clockHour(start, timezone)))
  return new Map(byHour.map(([hour, group]) => [Number(hour), largestSource(group)]))
}

/**
 * Weighs sums of more than an hour, of these, against what else is told of their time, shorter sums and samples without
 * an end: the larger holds as a whole, as of each hour the larger would be more than either. Hours that a sum
 * outweighs are taken out of `hours`; the answer lacks the sums that are outweighed.
 */
function weighLongSums(samples: readonly Sample[], hours: Hours): readonly Sample[] {
  const sums = samples.filter((sample) => sample.end - sample.start > hourMs && isSpread(sample))
  if (sums.length === 0) return samples
  const amounts = amountsByHour(
    samples.filter(({ start, end }) => end - start <= hourMs),
    hours,
  )
  const outweighed = new Set<Sample>()
  for (const sum of sums.sort(largestFirst)) {
    const within = hoursWithin(sum)
    const told = within.filter((hour) => amounts.has(hour))
    const amount = told.reduce((total, hour) => total + (amounts.get(hour) ?? 0), 0)
    if (told.length > 0 && amount >= (sum.value ?? 0)) outweighed.add(sum)
    else for (const hour of within) for (const known of [hours, amounts]) known.delete(hour)
  }
  return outweighed.size === 0 ? samples : samples.filter((sample) => !outweighed.has(sample))
}

/** What short sums and samples without an end tell of each clock hour. */
function amountsByHour(short: readonly Sample[], hours: Hours): Map<number, number> {
  const amounts = new Map<number, number>()
  for (const { start, timezone, value } of mergeOpenEnded(hours, mergeBuckets(short))) {
    const hour = clockHour(start, timezone)
    amounts.set(hour, (amounts.get(hour) ?? 0) + (value ?? 0))
  }
  return amounts
}

function hoursWithin({ start, end, timezone }: Sample): number[] {
  const within: number[] = []
  for (let hour = clockHour(start, timezone); hour < end; hour += hourMs) within.push(hour)
  return within
}

function largestFirst(left: Sample, right: Sample): number {
  return (right.value ?? 0) - (left.value ?? 0) || left.start - right.start || compareText(left.id, right.id)
}

/**
 * Adds samples without an end: in each clock hour the larger holds, the largest source's sum of such samples or what
 * the intervals merged to.
 */
function mergeOpenEnded(hours: Hours, merged: readonly Contribution[]): Contribution[] {
  const pieces = merged.flatMap((contribution) =>
    cut(contribution, (instant) => clockHour(instant, contribution.timezone) + hourMs),
  )
  const mergedAmounts = new Map<number, number>()
  for (const { start, timezone, value } of pieces) {
    const hour = clockHour(start, timezone)
    mergedAmounts.set(hour, (mergedAmounts.get(hour) ?? 0) + (value ?? 0))
  }
  const holds = (hour: number) => (hours.get(hour)?.amount ?? -Infinity) > (mergedAmounts.get(hour) ?? 0)
  const kept = pieces.filter(({ start, timezone }) => !holds(clockHour(start, timezone)))
  for (const [hour, { samples }] of hours) {
    if (!holds(hour) && mergedAmounts.has(hour)) continue
    for (const { start, value, timezone } of samples) kept.push({ start, end: start, timezone, value })
  }
  return kept
}

export interface TotalsOptions {
  /** Whether what a person typed in counts too; by default it stays apart. */
  readonly includeUserEntered?: boolean
}

/**
 * What samples of one cumulative metric add up to, each moment counted once: merged intervals, and samples without an
 * end by clock hour. A contribution whose end is its start stands in that instant.
 */
export function mergeAmounts(samples: readonly Sample[], options: TotalsOptions = {}): Contribution[] {
  const { measured, ...others } = byExtent(samples, options)
  const { open, sums } = tellRows(others.open)
  const hours = largestByHour(open)
  const buckets = weighLongSums([...others.buckets.map(wholeDay), ...sums], hours)
  const merged = mergeIntervals({ buckets, measured })
  return open.length === 0 ? merged : mergeOpenEnded(hours, merged)
}

/** What counts, by how the writer meant the end. */
interface ByExtent {
  readonly open: readonly Sample[]
  readonly buckets: readonly Sample[]
  readonly measured: readonly Sample[]
}

function byExtent(samples: readonly Sample[], { includeUserEntered = false }: TotalsOptions): ByExtent {
  const open: Sample[] = []
  const buckets: Sample[] = []
  const measured: Sample[] = []
  for (const sample of samples) {
    if (sample.user_entered && !includeUserEntered) continue
    const { extent } = sample
    ;(extent === undefined ? measured : extent === 'bucket' ? buckets : open).push(sample)
  }
  return { open, buckets, measured }
}
