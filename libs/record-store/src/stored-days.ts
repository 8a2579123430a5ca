import type { Sample } from '@clarity/health-data'
import { type DocumentReference, type DocumentSnapshot, FieldPath, type Query } from '@google-cloud/firestore'
import type { ShardRange } from './announced-upload.ts'
import { type Packed, type ReadAll, unpack } from './packed-documents.ts'
import type { DayRecord, DaysMade, SampleShard, ShardReach } from './days.ts'
import type { UserDocuments } from './user-documents.ts'

/** The query for stored days from `start` to `end`, both included, oldest first. */
export function daysBetween(own: UserDocuments, start: string, end: string): Query {
  return own.days.where('date', '>=', start).where('date', '<=', end).orderBy('date')
}

/** The query for the `count` newest stored days, newest first. */
export function lastDays(own: UserDocuments, count: number): Query {
  return own.days.orderBy('date', 'desc').limit(count)
}

/** Of a date with more bytes of type names than this a query finds that it may hold any. */
const MOST_TYPE_BYTES = 16 * 1024
/** Stands for more types than are listed. */
const ANY_TYPE = '*'

/** What a window is chosen by: days in full cost twenty times as much. */
const outlineFields = ['date', 'timezone', 'digest', 'details.observed_hours', 'details.span']

/** The query for the outlines of the `count` newest stored days, newest first. */
export function lastOutlines(own: UserDocuments, count: number): Query {
  return lastDays(own, count).select(...outlineFields)
}

/** The days of a query's answer. */
export function readDays<T = DayRecord>(found: FirebaseFirestore.QuerySnapshot): T[] {
  return found.docs.map((day) => day.data() as T)
}

/** The types of a shard's samples, for its head. */
export function listedTypes(samples: readonly Pick<Sample, 'type'>[]): string[] {
  const types = [...new Set(samples.map(({ type }) => type))].sort()
  return Buffer.byteLength(types.join()) > MOST_TYPE_BYTES ? [ANY_TYPE] : types
}

/**
 * The query for the first shards of a range, oldest first. Their names are their dates: in the order of names the
 * indexes that Firestore makes by itself serve it, also for the dates that may hold one type.
 */
export function shardsBetween(own: UserDocuments, { from, to, type, limit }: ShardRange): Query {
  const shards =
    type === undefined
      ? own.sampleDays
      : own.sampleDays.where('types', 'array-contains-any', [type, ANY_TYPE])
  return shards.orderBy(FieldPath.documentId()).startAt(from).endAt(to).limit(limit)
}

/** The shard documents of these UTC dates, oldest first, each once. */
export function shardDocuments(own: UserDocuments, utcDates: readonly string[]): DocumentReference[] {
  return [...new Set(utcDates)].sort().map((date) => own.sampleDays.doc(date))
}

/** The shards of those documents that exist and, where days are named, can enter one of them. */
export async function readShards(
  readAll: ReadAll,
  documents: readonly DocumentReference[],
  days?: DaysMade,
): Promise<SampleShard[]> {
  if (documents.length === 0) return []
  const heads = await readAll(...documents)
  const wanted = days ? heads.filter(entersAny(days, heads)) : heads
  return (await unpack<Sample>(readAll, wanted)).map(toShard)
}

/** A head that lists no zones is older than these lists, and its sums may be of any: it is read, and so are all with sums. */
function entersAny({ dates, zones }: DaysMade, heads: readonly DocumentSnapshot[]) {
  const zonesIn = (head: DocumentSnapshot) => head.get('sum_zones') as readonly string[] | undefined
  const isUnknown = heads.some((head) => head.exists && zonesIn(head) === undefined)
  const isMixed = isUnknown || new Set([...zones, ...heads.flatMap((head) => zonesIn(head) ?? [])]).size > 1
  return (head: DocumentSnapshot): boolean => {
    const [reach, own] = [head.get('reach') as ShardReach | undefined, zonesIn(head)]
    if (reach === undefined || own === undefined || (isMixed && own.length > 0)) return true
    return dates.some((date) => date >= reach.from && date <= reach.to)
  }
}

/** A shard of the packed list that holds it. */
export function toShard({ fields, items }: Packed<Sample>): SampleShard {
  return { utc_date: String(fields.utc_date), samples: items }
}
