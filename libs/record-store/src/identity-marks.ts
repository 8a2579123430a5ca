import { syncIdentity } from '@clarity/health-data'
import type { DocumentSnapshot, Query } from '@google-cloud/firestore'
import type { SplitSamples } from './packed-documents.ts'
import type { UserDocuments } from './user-documents.ts'
import { uuidMarks } from './uuid-marks.ts'

/** Of a date with more marks than this none are noted: it may hold anything. */
const MOST_MARKS = 200_000
const MARK_BYTES = 4
/** Of a date with more sync identities than this a query finds that it has many. */
const MOST_LISTED = 64
/** Stands for many sync identities; no mark is negative. */
const MANY = -1
/** Firestore's limit of alternatives in one query is 30; one is `MANY`. */
const MARKS_A_QUERY = 29
/** Instead of more queries than this, one reads the heads of all dates that have any. */
const MOST_QUERIES = 20

/** 32 bits of an identity: two that share them are told apart by reading the samples. */
export function identityMark(identity: string): number {
  let hash = 0
  for (let index = 0; index < identity.length; index += 1) {
    hash = Math.imul(hash, 31) + identity.charCodeAt(index)
  }
  return hash >>> 0
}

/** What a shard's head says of the identities in it. */
export interface IdentityMarks {
  /** Marks of identities and sync identities, as unsigned 32-bit numbers of the machine's order; absent: unknown. */
  readonly identities?: Uint8Array
  /** Marks of sync identities, for a query. */
  readonly synced?: readonly number[]
}

/** The marks of a shard's samples, as fields of its head. */
export function identityMarks({ uuids, columns }: SplitSamples): IdentityMarks {
  const { kinds, kind, id: ids, rare } = columns
  const synced = new Set<number>()
  for (const [index, { sync }] of rare) {
    const shared = kinds[kind[index] as number]
    if (sync && shared) synced.add(identityMark(syncIdentity({ ...shared, sync })))
  }
  const ofUuids = uuidMarks(uuids)
  const others = [...ids.filter((id) => typeof id === 'string').map(identityMark), ...synced]
  const count = ofUuids.length + others.length
  return {
    ...(count <= MOST_MARKS && { identities: bytesOf(ofUuids, others) }),
    ...(synced.size > 0 && { synced: synced.size > MOST_LISTED ? [MANY] : [...synced] }),
  }
}

function bytesOf(some: Uint32Array, others: readonly number[]): Uint8Array {
  const marks = new Uint32Array(some.length + others.length)
  marks.set(some)
  marks.set(others, some.length)
  return new Uint8Array(marks.buffer)
}

/** Whether a shard may hold one of these, by its head. */
export function mayHold(marks: ReadonlySet<number>) {
  return (head: DocumentSnapshot): boolean => {
    const noted = head.get('identities') as Uint8Array | undefined
    if (noted === undefined) return true
    // A copy begins where numbers may begin.
    const held = new Uint32Array(Uint8Array.from(noted).buffer, 0, noted.length / MARK_BYTES)
    return held.some((mark) => marks.has(mark))
  }
}

/** Queries that together find the marks of all shards with samples of these sync identities, and of others. */
export function syncedShards(own: UserDocuments, marks: ReadonlySet<number>): Query[] {
  const sampleDays = own.sampleDays.select('identities')
  if (marks.size > MOST_QUERIES * MARKS_A_QUERY) return [sampleDays.orderBy('synced')]
  const wanted = [...marks]
  return Array.from({ length: Math.ceil(wanted.length / MARKS_A_QUERY) }, (_, index) => {
    const some = wanted.slice(index * MARKS_A_QUERY, (index + 1) * MARKS_A_QUERY)
    return sampleDays.where('synced', 'array-contains-any', [MANY, ...some])
  })
}
