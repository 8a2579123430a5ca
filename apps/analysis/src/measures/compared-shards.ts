import { type Sample, type Shards, syncIdentity } from '@clarity/health-data'
import type { MergeReader, SampleShard } from '@clarity/record-store'

export interface ComparedShards {
  /** Shards besides those asked for, by date. */
  readonly others: Shards
  /** Sync identities of which these and those asked for hold every sample that is stored. */
  readonly compared: ReadonlySet<string>
}

/**
 * The shards of other dates on which a writer's other versions of these samples start: which of them counts depends on
 * all.
 */
export async function comparedShards(
  read: Pick<MergeReader, 'holding'>,
  affected: readonly Sample[],
): Promise<ComparedShards> {
  const compared = new Set<string>()
  for (const { type, source, sync } of affected) if (sync) compared.add(syncIdentity({ type, source, sync }))
  return { compared, others: shardsByDate(compared.size > 0 ? await read.holding([...compared]) : []) }
}

export function shardsByDate(shards: readonly SampleShard[]): Shards {
  return new Map(shards.map(({ utc_date, samples }) => [utc_date, samples]))
}
