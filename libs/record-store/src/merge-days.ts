import type { Sample, Tombstone } from '@clarity/health-data'
import type { Transaction } from '@google-cloud/firestore'
import { type Packed, type ReadAll, deflate, deletePacked, unpack, writePacked } from './packed-documents.ts'
import type { Merge, MergeReader, MergeResult, SampleShard, UserSettings } from './record-store.ts'
import { daysBetween, lastDays, readDays, readShards, shardDocuments, toShard } from './stored-days.ts'
import { changedTombstones, tombstoneShard } from './tombstone-shards.ts'
import type { UserDocuments } from './user-documents.ts'

/** One merge inside its transaction: all reads, then the pure build, then all writes. */
export async function mergeDays(tx: Transaction, own: UserDocuments, merge: Merge): Promise<MergeResult> {
  const readAll: ReadAll = (...documents) => tx.getAll(...documents)
  const sampleDocuments = shardDocuments(own, merge.utcDates)
  const sampleIds = new Set(merge.sampleIds)
  const tombstoneDocuments = [...new Set([...sampleIds].map(tombstoneShard))].map((id) =>
    own.tombstones.doc(id),
  )
  const [user, ...heads] = await tx.getAll(own.user, ...sampleDocuments, ...tombstoneDocuments)
  const stored = await unpack<Sample>(readAll, heads.slice(0, sampleDocuments.length))
  const buried = await unpack<Tombstone>(readAll, heads.slice(sampleDocuments.length))

  const result = await merge.build({
    shards: stored.map(toShard),
    tombstones: buried.flatMap(({ items }) => items).filter(({ id }) => sampleIds.has(id)),
    user: (user?.data() ?? null) as UserSettings | null,
    read: reader(tx, own, readAll),
  })

  await writeShards(tx, { own, stored }, result.shards)
  await writeTombstones(tx, { own, stored: buried }, result.tombstones ?? [])
  for (const day of result.days) tx.set(own.days.doc(day.date), day)
  for (const date of result.removedDays ?? []) tx.delete(own.days.doc(date))
  if (result.user) tx.set(own.user, result.user, { merge: true })
  return result
}

function reader(tx: Transaction, own: UserDocuments, readAll: ReadAll): MergeReader {
  return {
    days: async (start, end) => readDays(await tx.get(daysBetween(own, start, end))),
    lastDays: async (count) => readDays(await tx.get(lastDays(own, count))).reverse(),
    shards: (utcDates) => readShards(readAll, shardDocuments(own, utcDates)),
  }
}

interface Before<T> {
  readonly own: UserDocuments
  readonly stored: readonly Packed<T>[]
}

async function writeShards(
  tx: Transaction,
  { own, stored }: Before<Sample>,
  shards: readonly SampleShard[],
): Promise<void> {
  const previous = new Map(stored.map((packed) => [packed.document.id, packed.parts]))
  for (const { utc_date, digest, samples } of shards) {
    const document = own.sampleDays.doc(utc_date)
    const previousParts = previous.get(utc_date) ?? 0
    if (samples.length === 0) deletePacked(tx, document, previousParts)
    else {
      const fields = { utc_date, digest, samples: samples.length }
      writePacked(tx, { document, fields, bytes: await deflate(samples), previousParts })
    }
  }
}

async function writeTombstones(
  tx: Transaction,
  { own, stored }: Before<Tombstone>,
  changes: readonly Tombstone[],
): Promise<void> {
  const present = new Map(stored.map(({ document, items }) => [document.id, items]))
  const previous = new Map(stored.map(({ document, parts }) => [document.id, parts]))
  for (const [shard, items] of changedTombstones(present, changes)) {
    const document = own.tombstones.doc(shard)
    const previousParts = previous.get(shard) ?? 0
    if (items.length === 0) deletePacked(tx, document, previousParts)
    else writePacked(tx, { document, fields: {}, bytes: await deflate(items), previousParts })
  }
}
