import { addDays, civilDate, offsetAt, startOfDay } from './civil-time.ts'
import { densestFirst } from './densest-first.ts'
import { sourceKey } from './identity.ts'
import { type Interval, partsOutside, unionOf } from './intervals.ts'
import type { Sample } from './sample.ts'
import { priorityKey } from './source-priority.ts'
import { compareText } from './settle.ts'

const hourMs = 3_600_000
/** A sum over a longer time says nothing of single days: it counts on the civil day in which it starts. */
export const longestSpreadMs = 48 * hourMs

/** An amount that falls evenly on a span of time and belongs to the civil days of a zone. */
export interface Contribution extends Interval {
  readonly amount: number
  readonly timezone: string
}

/** Whether a sample's amount is spread over its time; that of a longer one stands where it starts. */
function isSpread({ start, end }: Sample): boolean {
  return end > start && end - start <= longestSpreadMs
}

function contributionsOf(sample: Sample, covered: readonly Interval[]): Contribution[] {
  const { start, end, timezone } = sample
  const value = sample.value ?? 0
  if (!isSpread(sample)) {
    const isFree = partsOutside({ start, end: start }, covered).length > 0
    return [{ start, end: start, amount: isFree ? value : 0, timezone }]
  }
  const parts = partsOutside(sample, covered)
  if (parts.length === 0) return [{ start, end: start, amount: 0, timezone }]
  return parts.map((part) => ({
    ...part,
    timezone,
    amount: (value * (part.end - part.start)) / (end - start),
  }))
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
    contributions.push(...contributionsOf(bucket, covered))
    coveredUntil = Math.max(coveredUntil, bucket.end)
  }
  return contributions
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return [...groups].sort(([left], [right]) => compareText(left, right))
}

/**
 * What the samples of one source add. Without a name they may be of many devices: there they cover each other, lest
 * phone and Watch count the same steps twice.
 */
function contributionsOfSource(group: readonly Sample[], covered: readonly Interval[]): Contribution[] {
  const isNamed = group.some(({ source }) => sourceKey(source) !== '')
  const apart = isNamed ? group : group.filter((sample) => !isSpread(sample))
  const contributions = apart.flatMap((sample) => contributionsOf(sample, covered))
  for (const { sample, start, end } of isNamed ? [] : densestFirst(group.filter(isSpread))) {
    const value = ((sample.value ?? 0) * (end - start)) / (sample.end - sample.start)
    contributions.push(...contributionsOf({ ...sample, start, end, value }, covered))
  }
  return contributions
}

/**
 * Merges samples of one cumulative metric that have an extent: sources in order of priority, each sample adding only
 * the share of its interval that no source of higher priority covers (healthkit.md, section 9). Samples of one source
 * never cover each other, unless the source is unnamed. Buckets come first.
 */
function mergeIntervals(samples: readonly Sample[]): Contribution[] {
  const buckets = samples.filter((sample) => sample.extent === 'bucket')
  const contributions = mergeBuckets(buckets)
  let covered = unionOf(buckets)
  const measured = samples.filter((sample) => sample.extent === undefined)
  for (const [, group] of groupBy(measured, (sample) => priorityKey(sample.source))) {
    contributions.push(...contributionsOfSource(group, covered))
    // One that counts in an instant says nothing of the time after it.
    covered = unionOf([...covered, ...group.filter(isSpread)])
  }
  return contributions
}

/** Instant at which the clock hour of an instant starts in its zone. */
export function clockHour(instant: number, timezone: string): number {
  const within = offsetAt(timezone, instant) % hourMs
  return Math.floor((instant + within) / hourMs) * hourMs - within
}

/** Cuts a contribution at the borders that `next` names: the first border after an instant. */
export function cut(contribution: Contribution, next: (instant: number) => number): Contribution[] {
  const { start, end, amount } = contribution
  if (end <= start) return [contribution]
  const pieces: Contribution[] = []
  for (let from = start; from < end;) {
    const to = Math.min(end, next(from))
    pieces.push({ ...contribution, start: from, end: to, amount: (amount * (to - from)) / (end - start) })
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

/**
 * Adds samples without an end: in each clock hour the larger holds, the largest source's sum of such samples or what
 * the intervals merged to.
 */
function mergeOpenEnded(open: readonly Sample[], merged: readonly Contribution[]): Contribution[] {
  const hours = new Map(
    groupBy(open, (sample) => String(clockHour(sample.start, sample.timezone))).map(([hour, group]) => [
      Number(hour),
      largestSource(group),
    ]),
  )
  const pieces = merged.flatMap((contribution) =>
    cut(contribution, (instant) => clockHour(instant, contribution.timezone) + hourMs),
  )
  const mergedAmounts = new Map<number, number>()
  for (const { start, timezone, amount } of pieces) {
    const hour = clockHour(start, timezone)
    mergedAmounts.set(hour, (mergedAmounts.get(hour) ?? 0) + amount)
  }
  const holds = (hour: number) => (hours.get(hour)?.amount ?? -Infinity) > (mergedAmounts.get(hour) ?? 0)
  const kept = pieces.filter(({ start, timezone }) => !holds(clockHour(start, timezone)))
  for (const [hour, { samples }] of hours) {
    if (!holds(hour) && mergedAmounts.has(hour)) continue
    for (const { start, value, timezone } of samples) {
      kept.push({ start, end: start, amount: value ?? 0, timezone })
    }
  }
  return kept
}

/** Amount by civil day, each contribution prorated over the days of its own zone, DST included. */
function byCivilDay(contributions: readonly Contribution[]): Map<string, number> {
  const days = new Map<string, number>()
  // The last stretch of a day that was asked about: most contributions lie in the day of the one before.
  let known = { timezone: '', from: NaN, to: NaN }
  for (const contribution of contributions) {
    const { timezone } = contribution
    const nextDay = (instant: number) => {
      if (known.timezone === timezone && instant >= known.from && instant < known.to) return known.to
      known = { timezone, from: instant, to: startOfDay(timezone, addDays(civilDate(timezone, instant), 1)) }
      return known.to
    }
    for (const { start, amount } of cut(contribution, nextDay)) {
      const date = civilDate(timezone, start)
      days.set(date, (days.get(date) ?? 0) + amount)
    }
  }
  return days
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
  const counted = samples.filter((sample) => options.includeUserEntered || !sample.user_entered)
  const merged = mergeIntervals(counted)
  const open = counted.filter((sample) => sample.extent === 'missing')
  return open.length === 0 ? merged : mergeOpenEnded(open, merged)
}

/**
 * Day totals of one cumulative metric from its accepted samples, sorted by start: a map from civil date to amount;
 * a date that no sample touches is absent.
 */
export function dayTotals(samples: readonly Sample[], options: TotalsOptions = {}): Map<string, number> {
  return byCivilDay(mergeAmounts(samples, options))
}
