import { hasSyncIdentity, type Sample, type Shards } from '@clarity/health-data'

export interface Merged {
  readonly uploadId: string | undefined
  /** All shards that the merge read, as they are after it. */
  readonly shards: Shards
  /** Sync identities of what the upload brings. */
  readonly compared: ReadonlySet<string>
}

/**
 * Whether samples of others no longer count because of what an upload brought, though nothing of its own may count: it
 * has versions of theirs, or a blood pressure with which theirs is impossible. The same at every delivery of the upload.
 */
export function takesAway({ uploadId, shards, compared }: Merged): boolean {
  const isOthers = ({ upload_ids }: Sample) => upload_ids.some((id) => id !== uploadId)
  const isOwn = ({ upload_ids }: Sample) => upload_ids.some((id) => id === uploadId)
  return [...shards.values()].some((shard) => {
    if (compared.size > 0 && shard.some((sample) => isOthers(sample) && hasSyncIdentity(sample, compared)))
      return true
    const crossed = shard.filter(isCrossed)
    const own = new Set(crossed.filter(isOwn).map(({ start }) => start))
    return crossed.some((sample) => isOthers(sample) && own.has(sample.start))
  })
}

/** A blood pressure that would be plausible by itself. */
function isCrossed({ verdict, base_verdict }: Sample): boolean {
  return verdict === 'implausible' && base_verdict === 'accepted'
}
