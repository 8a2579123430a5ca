import { type Sample, mergeIntoShards, metricFor } from '@clarity/health-data'
import type { Days, SampleShard } from '@clarity/record-store'

const watch = { name: 'Anna’s Watch', bundle_id: 'com.apple.health', product: 'Watch6,7' }

/** An accepted sample of the Watch; times are RFC 3339. */
export function held(
  parts: Partial<Omit<Sample, 'start' | 'end'>> & { id: string; start: string; end?: string },
): Sample {
  const { start, end = start, ...rest } = parts
  const type = rest.type ?? 'heart_rate'
  return {
    type,
    value: 60,
    unit: metricFor(type)?.unit ?? '',
    source: watch,
    user_entered: false,
    timezone: 'Europe/Berlin',
    timezone_source: 'upload',
    base_verdict: 'accepted',
    verdict: 'accepted',
    upload_ids: ['upload-1'],
    ...rest,
    start: Date.parse(start),
    end: Date.parse(end),
  }
}

/** The shards that merging makes of these samples and deletions. */
export function shardsHolding(samples: readonly Sample[], deleted: readonly string[] = []): SampleShard[] {
  const tombstones = deleted.map((id) => ({ id, upload_ids: ['upload-1'] }))
  const { changed } = mergeIntoShards({ existing: new Map(), incoming: samples, tombstones })
  return [...changed]
    .map(([utc_date, shard]) => ({ utc_date, samples: shard }))
    .sort((a, b) => (a.utc_date < b.utc_date ? -1 : 1))
}

/** Writes these samples for a person who holds none on their dates. */
export async function hold(days: Days, userId: string, shards: readonly SampleShard[]): Promise<void> {
  for (let from = 0; from < shards.length; from += 50) {
    const some = shards.slice(from, from + 50)
    await days.merge(userId, {
      uploadId: null,
      utcDates: some.map(({ utc_date }) => utc_date),
      build: () => ({ shards: some, days: [] }),
    })
  }
}

/** Reads of shards as the record store answers them, from memory; `reads` counts the shards handed out. */
export function daysInMemory(shards: readonly SampleShard[]) {
  const counted = { reads: 0 }
  const samplesBetween: Days['samplesBetween'] = (_userId, { from, to, type, limit }) => {
    const found = shards
      .filter(({ utc_date }) => utc_date >= from && utc_date <= to)
      .filter(({ samples }) => type === undefined || samples.some((sample) => sample.type === type))
      .slice(0, limit)
    counted.reads += found.length
    return Promise.resolve(found)
  }
  return { days: { samplesBetween } as Days, counted }
}
