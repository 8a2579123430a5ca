import type { Tombstone } from '@clarity/health-data'
import type { DocumentReference } from '@google-cloud/firestore'
import { identityMark } from './identity-marks.ts'
import { type ReadAll, readPacked } from './packed-documents.ts'
import type { UserDocuments } from './user-documents.ts'

/** The shard, one of sixteen, that holds the tombstone of this sample id. */
export function tombstoneShard(sampleId: string): string {
  const mark = identityMark(sampleId) | 0
  return ((mark ^ (mark >>> 8) ^ (mark >>> 16) ^ (mark >>> 4)) & 15).toString(16)
}

/** The documents of the shards that can hold tombstones of these sample ids. */
export function shardsOfTombstones(own: UserDocuments, sampleIds: Iterable<string>): DocumentReference[] {
  return [...new Set([...sampleIds].map(tombstoneShard))].map((shard) => own.tombstones.doc(shard))
}

/** The tombstones of those sample ids that are deleted. */
export async function readTombstones(
  readAll: ReadAll,
  own: UserDocuments,
  sampleIds: readonly string[],
): Promise<Tombstone[]> {
  const wanted = new Set(sampleIds)
  const packed = await readPacked<Tombstone>(readAll, shardsOfTombstones(own, wanted))
  return packed.flatMap(({ items }) => items).filter(({ id }) => wanted.has(id))
}

/** The new content of each shard that a change touches; a tombstone without upload ids goes. */
export function changedTombstones(
  present: ReadonlyMap<string, readonly Tombstone[]>,
  changes: readonly Tombstone[],
): Map<string, Tombstone[]> {
  const touched = new Map<string, Map<string, Tombstone>>()
  for (const change of changes) {
    const shard = tombstoneShard(change.id)
    const entries =
      touched.get(shard) ?? new Map((present.get(shard) ?? []).map((entry) => [entry.id, entry]))
    touched.set(shard, entries)
    if (change.upload_ids.length === 0) entries.delete(change.id)
    else entries.set(change.id, change)
  }
  return new Map([...touched].map(([shard, entries]) => [shard, [...entries.values()].sort(byId)]))
}

function byId(a: Tombstone, b: Tombstone): number {
  return a.id < b.id ? -1 : 1
}
