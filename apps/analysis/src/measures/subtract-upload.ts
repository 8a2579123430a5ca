import { type Sample, type Shards, type TotalsOptions, removeUpload } from '@clarity/health-data'
import type { MergeState } from '@clarity/record-store'
import { comparedShards, shardsByDate } from './compared-shards.ts'
import { type MergedDays, daysAfter } from './merge-days.ts'

const NOTHING_CAME = { accepted: 0, duplicate: 0, implausible: 0, deleted: 0, unknown: 0 }

/**
 * Takes an upload away from the stored shards and makes the civil days anew that change; what another upload also
 * brought stays. Samples whose tombstones are gone count again.
 */
export async function subtractUpload(
  state: MergeState,
  uploadId: string,
  totals?: TotalsOptions,
): Promise<MergedDays> {
  const shards = shardsByDate(state.shards)
  const deleted = deletedIds(shards)
  const isTouched = (sample: Sample) => sample.verdict === 'deleted' || sample.upload_ids.includes(uploadId)
  const affected = [...shards.values()].flatMap((samples) => samples.filter(isTouched))
  const { others, compared } = await comparedShards(state.read, affected)
  const own = new Set(deleted)
  const standing = deletedIds(others).filter((id) => !own.has(id))
  const tombstones = [
    ...(await state.read.tombstones(deleted)),
    ...standing.map((id) => ({ id, upload_ids: [] })),
  ]
  const changed = removeUpload(shards, { uploadId, tombstones, compared, others })
  const existing = new Map([...others, ...shards])
  return {
    counts: NOTHING_CAME,
    tallies: new Map(),
    takesAway: false,
    result: await daysAfter(state, { existing, changed, totals }),
  }
}

function deletedIds(shards: Shards): string[] {
  return [...shards.values()].flatMap((samples) =>
    samples.filter(({ verdict }) => verdict === 'deleted').map(({ id }) => id),
  )
}
