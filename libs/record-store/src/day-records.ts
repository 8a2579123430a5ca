import { accountErased, uploadDeleted } from '@clarity/failure'
import type { Sample } from '@clarity/health-data'
import type { Firestore, QueryDocumentSnapshot } from '@google-cloud/firestore'
import type { ErasureMarks } from './erasure-marks.ts'
import { limited } from './firestore-call.ts'
import { identityMark, mayHold } from './identity-marks.ts'
import { mergeDays } from './merge-days.ts'
import { type ReadAll, unpack } from './packed-documents.ts'
import type { Days } from './days.ts'
import {
  daysBetween,
  lastDays,
  readDays,
  readShards,
  shardDocuments,
  shardsBetween,
  toShard,
} from './stored-days.ts'
import { addTombstones, tombstoneShard } from './tombstone-shards.ts'
import { type UserDocuments, userDocuments } from './user-documents.ts'

/** A merge reads, computes and writes: it gets longer than a plain call. */
const MERGE_TIMEOUT_MS = 120_000

/** Shards of tombstones of one transaction: of a million tombstones, all would be more than a commit may hold. */
const SHARDS_A_BURIAL = 4

/** Days and their samples in Firestore. */
export function dayRecords(firestore: Firestore, timeoutMs: number, marks: ErasureMarks): Days {
  const documents = (userId: string): UserDocuments => userDocuments(firestore, userId)
  const readAll: ReadAll = (...all) => firestore.getAll(...all)
  return {
    merge: (userId, merge) =>
      limited(Math.max(timeoutMs, MERGE_TIMEOUT_MS), async () => {
        const own = { ...documents(userId), mark: marks.mark(userId) }
        return firestore.runTransaction((tx) => mergeDays(tx, own, merge), { maxAttempts: 10 })
      }),
    bury: (userId, uploadId, identities) =>
      limited(Math.max(timeoutMs, MERGE_TIMEOUT_MS), async () => {
        const own = documents(userId)
        const shards = [...Map.groupBy(new Set(identities), tombstoneShard)]
        for (let from = 0; from < shards.length; from += SHARDS_A_BURIAL) {
          const byShard = new Map(shards.slice(from, from + SHARDS_A_BURIAL))
          await firestore.runTransaction(async (tx) => {
            const [mark, upload] = await tx.getAll(marks.mark(userId), own.upload(uploadId))
            if (mark?.exists) throw accountErased()
            if (!upload?.exists) throw uploadDeleted()
            await addTombstones(tx, own, { uploadId, byShard })
            tx.set(own.uploadReach(uploadId), { buries: true }, { merge: true })
          })
        }
      }),
    summaries: (userId, start, end) =>
      limited(timeoutMs, async () => readDays(await daysBetween(documents(userId), start, end).get())),
    lastDates: (userId, count) =>
      limited(timeoutMs, async () => {
        const newest = await lastDays(documents(userId), count).select('date').get()
        return newest.docs.map((day) => String(day.get('date'))).reverse()
      }),
    sampleDates: (userId, { identities, deleted } = {}) =>
      limited(timeoutMs, async () => {
        const { sampleDays } = documents(userId)
        const heads = deleted ? sampleDays.where('deleted', '==', true) : sampleDays.orderBy('utc_date')
        const isWanted = identities && mayHold(new Set(identities.map(identityMark)))
        const dates: string[] = []
        const read = heads.select('utc_date', ...(isWanted ? ['identities'] : [])).stream()
        for await (const head of read as AsyncIterable<QueryDocumentSnapshot>) {
          if (!isWanted || isWanted(head)) dates.push(String(head.get('utc_date')))
        }
        return dates.sort()
      }),
    samplesBetween: (userId, range) =>
      limited(timeoutMs, async () => {
        const { docs } = await shardsBetween(documents(userId), range).get()
        return (await unpack<Sample>(readAll, docs)).map(toShard)
      }),
    samples: (userId, utcDates) =>
      limited(timeoutMs, async () => readShards(readAll, shardDocuments(documents(userId), utcDates))),
  }
}
