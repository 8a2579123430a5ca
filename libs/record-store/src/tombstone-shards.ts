import type { Tombstone } from '@clarity/health-data'
import type { DocumentReference, Transaction } from '@google-cloud/firestore'
import { identityMark } from './identity-marks.ts'
import {
  type Packed,
  type ReadAll,
  deflate,
  deletePacked,
  readPacked,
  writePacked,
} from './packed-documents.ts'
import type { UserDocuments } from './user-documents.ts'

/** Tombstones as they are stored: identities by the uploads that brought them, which many share. */
export interface TombstoneGroup {
  readonly upload_ids: readonly string[]
  readonly ids: readonly string[]
}

const SHARDS = 16

/** The shard, one of sixteen, that holds the tombstone of this sample id. */
export function tombstoneShard(sampleId: string): string {
  const mark = identityMark(sampleId) | 0
  return ((mark ^ (mark >>> 8) ^ (mark >>> 16) ^ (mark >>> 4)) & (SHARDS - 1)).toString(16)
}

/** The documents of the shards that can hold tombstones of these sample ids. */
export function shardsOfTombstones(own: UserDocuments, sampleIds: Iterable<string>): DocumentReference[] {
  const shards = new Set<string>()
  for (const id of sampleIds) {
    // A day's samples are more than enough for all.
    if (shards.size === SHARDS) break
    shards.add(tombstoneShard(id))
  }
  return [...shards].map((shard) => own.tombstones.doc(shard))
}

/** The tombstones of those sample ids that are deleted. */
export async function readTombstones(
  readAll: ReadAll,
  own: UserDocuments,
  sampleIds: readonly string[],
): Promise<Tombstone[]> {
  return tombstonesOf(
    await readPacked<TombstoneGroup>(readAll, shardsOfTombstones(own, sampleIds)),
    sampleIds,
  )
}

/** Of stored tombstones those that are wanted. */
export function tombstonesOf(
  packed: readonly Packed<TombstoneGroup>[],
  sampleIds: readonly string[],
): Tombstone[] {
  if (packed.length === 0) return []
  const wanted = new Set(sampleIds)
  return packed
    .flatMap(({ items }) => items)
    .flatMap(({ ids, upload_ids }) => ids.filter((id) => wanted.has(id)).map((id) => ({ id, upload_ids })))
}

/** The uploads that brought each tombstone of a shard. */
type UploadsByIdentity = Map<string, readonly string[]>

/** Changes the tombstones of some shards; `change` answers whether it did. */
async function changeTombstones(
  tx: Transaction,
  documents: readonly DocumentReference[],
  change: (uploads: UploadsByIdentity, shard: string) => boolean,
): Promise<void> {
  const stored = await readPacked<TombstoneGroup>((...wanted) => tx.getAll(...wanted), documents)
  const byShard = new Map(stored.map((packed) => [packed.document.id, packed]))
  for (const document of documents) {
    const { items = [], parts: previousParts = 0 } = byShard.get(document.id) ?? {}
    const uploads = new Map(
      items.flatMap(({ ids, upload_ids }) => ids.map((id) => [id, upload_ids] as const)),
    )
    if (!change(uploads, document.id)) continue
    if (uploads.size === 0) deletePacked(tx, document, previousParts)
    else writePacked(tx, { document, fields: {}, bytes: await deflate(groupsOf(uploads)), previousParts })
  }
}

function groupsOf(uploads: UploadsByIdentity): TombstoneGroup[] {
  const byUploads = Map.groupBy(uploads, ([, names]) => names.join())
  return [...byUploads.values()].map((entries) => ({
    upload_ids: entries[0]?.[1] ?? [],
    ids: entries.map(([id]) => id),
  }))
}

export interface Burial {
  readonly uploadId: string
  /** Identities by the shard that holds their tombstones. */
  readonly byShard: ReadonlyMap<string, readonly string[]>
}

/** Writes the tombstones that an upload brought. */
export async function addTombstones(
  tx: Transaction,
  own: UserDocuments,
  { uploadId, byShard }: Burial,
): Promise<void> {
  const documents = [...byShard.keys()].map((shard) => own.tombstones.doc(shard))
  await changeTombstones(tx, documents, (uploads, shard) => {
    const added = (byShard.get(shard) ?? []).filter((id) => !uploads.get(id)?.includes(uploadId))
    for (const id of added) uploads.set(id, [...(uploads.get(id) ?? []), uploadId].sort())
    return added.length > 0
  })
}

/** Takes an upload's name off the tombstones of a shard; those that no other upload brought are gone. */
export function removeTombstones(tx: Transaction, shard: DocumentReference, uploadId: string): Promise<void> {
  return changeTombstones(tx, [shard], (uploads) => {
    const brought = [...uploads].filter(([, names]) => names.includes(uploadId))
    for (const [id, names] of brought) {
      const others = names.filter((name) => name !== uploadId)
      if (others.length === 0) uploads.delete(id)
      else uploads.set(id, others)
    }
    return brought.length > 0
  })
}
