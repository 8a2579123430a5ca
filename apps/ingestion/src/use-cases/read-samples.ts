import {
  type Sample,
  type SampleLine,
  addDays,
  representatives,
  toSampleLine,
  utcDate,
} from '@clarity/health-data'
import type { Cursor, Days, PageOf } from '@clarity/record-store'
import { type SampleQuery, matching } from './sample-query.ts'
import { walkShards } from './walk-shards.ts'

export interface PageAsked {
  readonly limit: number
  readonly cursor?: Cursor | undefined
}

/** A filter that hardly anything passes must not read a whole history for one page: then the page is short. */
const MAX_SHARDS_A_PAGE = 366

/**
 * Samples in the order of their start, identity breaking ties: the cursor names the last one seen, so what is merged
 * meanwhile neither repeats nor hides another. Duplicates and deleted samples are left out. A page is read shard by
 * shard and costs what it holds; it may be shorter than asked where more follows.
 */
export function readSamples(days: Days) {
  return async (query: SampleQuery, { limit, cursor }: PageAsked): Promise<PageOf<SampleLine>> => {
    const after = { start: cursor ? Number(cursor.at) : query.start, id: cursor?.id ?? '' }
    const isAsked = matching(query)
    const isWanted = (sample: Sample): boolean =>
      sample.verdict !== 'duplicate' &&
      sample.verdict !== 'deleted' &&
      sample.start < query.end &&
      (sample.start > after.start || (sample.start === after.start && sample.id > after.id)) &&
      isAsked(sample)
    const { userId, type } = query
    const range = { userId, type, from: utcDate(after.start), to: utcDate(query.end) }
    const found: Sample[] = []
    let shardsLeft = MAX_SHARDS_A_PAGE
    for await (const shard of walkShards(days, range)) {
      for (const sample of representatives(shard.samples)) if (isWanted(sample)) found.push(sample)
      shardsLeft -= 1
      if (found.length > limit) break
      if (shardsLeft === 0) return { data: found.map(toSampleLine), next: startOf(shard.utc_date) }
    }
    const last = found.length > limit ? found[limit - 1] : undefined
    return {
      data: found.slice(0, limit).map(toSampleLine),
      next: last ? { at: String(last.start), id: last.id } : null,
    }
  }
}

/** The place in front of everything after this UTC date. */
function startOf(date: string): Cursor {
  return { at: String(Date.parse(addDays(date, 1))), id: '' }
}
