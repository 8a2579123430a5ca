import type { Sample } from '@clarity/health-data'
import type { Firestore, QueryDocumentSnapshot } from '@google-cloud/firestore'
import type { ErasureMarks } from './erasure-marks.ts'
import { limited } from './firestore-call.ts'
import { identityMark, mayHold } from './identity-marks.ts'
import { mergeDays } from './merge-days.ts'
import { type ReadAll, unpack } from './packed-documents.ts'
import type { Days } from './record-store.ts'
import {
  daysBetween,
  lastDays,
  readDays,
  readShards,
  shardDocuments,
  shardsBetween,
  toShard,
} from './stored-days.ts'
import { type UserDocuments, userDocuments } from './user-documents.ts'

/** A merge reads, computes and writes: it gets longer than a plain call. */
const MERGE_TIMEOUT_MS = 120_000

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
