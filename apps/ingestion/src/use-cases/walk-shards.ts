import { addDays } from '@clarity/health-data'
import type { Days, SampleShard } from '@clarity/record-store'

export interface ShardWalk {
  readonly userId: string
  /** UTC dates, both included. */
  readonly from: string
  readonly to: string
  readonly type?: string | undefined
}

/** Samples that one read should come near to: what is read ahead stays small, whatever a day holds. */
const SAMPLES_A_READ = 10_000
const MAX_SHARDS_A_READ = 32

/** The shards of a range, oldest first, some at a time: the first alone, then as many as their size allows. */
export async function* walkShards(days: Days, walk: ShardWalk): AsyncGenerator<SampleShard> {
  const { userId, to, type } = walk
  let { from } = walk
  let limit = 1
  for (;;) {
    const range = { from, to, limit, ...(type !== undefined && { type }) }
    const shards = await days.samplesBetween(userId, range)
    yield* shards
    const last = shards.at(-1)
    if (last === undefined || shards.length < limit) return
    from = addDays(last.utc_date, 1)
    const average = shards.reduce((total, { samples }) => total + samples.length, 0) / shards.length
    limit = Math.min(Math.max(1, Math.floor(SAMPLES_A_READ / average)), MAX_SHARDS_A_READ)
  }
}
