import { type TotalsOptions, removeUpload } from '@clarity/health-data'
import type { MergeState } from '@clarity/record-store'
import { type MergedDays, daysAfter } from './merge-days.ts'

const NOTHING_CAME = { accepted: 0, duplicate: 0, implausible: 0, deleted: 0, unknown: 0, by_type: {} }

/**
 * Takes an upload away from the stored shards and makes the civil days anew that change; what another upload also
 * brought stays. Samples whose tombstones are gone count again.
 */
export async function subtractUpload(
  state: MergeState,
  uploadId: string,
  totals?: TotalsOptions,
): Promise<MergedDays> {
  const existing = new Map(state.shards.map((shard) => [shard.utc_date, shard.samples]))
  const buried = [...existing.values()].flatMap((shard) =>
    shard.filter(({ verdict }) => verdict === 'deleted').map(({ id }) => id),
  )
  const changed = removeUpload(existing, uploadId, await state.read.tombstones(buried))
  return {
    counts: NOTHING_CAME,
    tallies: new Map(),
    deletes: false,
    result: await daysAfter(state, { existing, changed, totals }),
  }
}
