import {
  type Bucket,
  type BucketWidth,
  type Sample,
  type TotalsOptions,
  addDays,
  bucketsOf,
  formatInstant,
  representatives,
  utcDate,
} from '@clarity/health-data'
import type { Days, PageOf } from '@clarity/record-store'
import type { PageAsked } from './read-samples.ts'
import { type SampleQuery, matching } from './sample-query.ts'
import { walkShards } from './walk-shards.ts'

/** A clock hour or civil day on the wire. */
export interface BucketLine extends Omit<Bucket, 'at' | 'start' | 'end'> {
  readonly start: string
  readonly end: string
}

export interface BucketQuery extends SampleQuery {
  readonly width: BucketWidth
}

/** A sum reaches over two days at most, and a civil day begins up to a day before its UTC date. */
const DAYS_BEFORE = 3
const MAX_SHARDS_A_PAGE = 366
/** Samples gathered before the dates that are complete are made into buckets. */
const GATHERED = 20_000

/**
 * Clock hours or civil days that overlap the time asked for, each whole, oldest first and then by type. The cursor names
 * the last one seen. Read and made some dates at a time; a page may be shorter than asked where more follows.
 */
export function readBuckets(days: Days, totals?: TotalsOptions) {
  return async (query: BucketQuery, { limit, cursor }: PageAsked): Promise<PageOf<BucketLine>> => {
    const found: Bucket[] = []
    const after = { at: cursor ? Number(cursor.at) : -Infinity, id: cursor?.id ?? '' }
    const isWanted = (bucket: Bucket): boolean =>
      (bucket.at > after.at || (bucket.at === after.at && bucket.type > after.id)) &&
      bucket.end > query.start &&
      bucket.start < query.end
    const first = cursor ? utcDate(after.at) : addDays(utcDate(query.start), -1)
    for await (const { buckets, next } of completeDates(days, query, { first, limit, totals })) {
      found.push(...buckets.filter(isWanted))
      if (found.length > limit) break
      if (next !== undefined)
        return { data: found.map(toLine), next: { at: String(Date.parse(next)), id: '' } }
    }
    const last = found.length > limit ? found[limit - 1] : undefined
    return {
      data: found.slice(0, limit).map(toLine),
      next: last ? { at: String(last.at), id: last.type } : null,
    }
  }
}

interface CompleteDates {
  readonly buckets: readonly Bucket[]
  /** The date from which another page goes on, once this one has read enough. */
  readonly next?: string
}

interface DatesAsked {
  readonly first: string
  /** After about so many dates the buckets made so far may do. */
  readonly limit: number
  readonly totals: TotalsOptions | undefined
}

/** The buckets from a date on, some dates at a time, as soon as all that can fall into them is read. */
async function* completeDates(
  days: Days,
  query: BucketQuery,
  { first, limit, totals }: DatesAsked,
): AsyncGenerator<CompleteDates> {
  const { userId, type, width } = query
  let gathered: Sample[] = []
  let shards = 0
  let from = first
  let shardsLeft = MAX_SHARDS_A_PAGE
  const isAsked = matching(query)
  const made = (before: string | undefined): Bucket[] =>
    bucketsOf(gathered, width, totals).filter(({ at }) => {
      const date = utcDate(at)
      return date >= from && (before === undefined || date < before)
    })
  const range = { userId, type, from: addDays(first, -DAYS_BEFORE), to: addDays(utcDate(query.end), 1) }
  for await (const { utc_date: date, samples } of walkShards(days, range)) {
    // Civil days and clock hours of the date before may still gain samples from this one.
    const before = addDays(date, -1)
    const enough = shardsLeft <= 0
    if (before > from && (enough || shards > limit + DAYS_BEFORE || gathered.length > GATHERED)) {
      yield { buckets: made(before), ...(enough && { next: before }) }
      from = before
      shards = 0
      const kept = addDays(before, -DAYS_BEFORE)
      gathered = gathered.filter(({ start }) => utcDate(start) >= kept)
    }
    for (const sample of representatives(samples)) if (isAsked(sample)) gathered.push(sample)
    shards += 1
    shardsLeft -= 1
  }
  yield { buckets: made(undefined) }
}

function toLine({ at: _, start, end, ...bucket }: Bucket): BucketLine {
  return { start: formatInstant(start), end: formatInstant(end), ...bucket }
}
