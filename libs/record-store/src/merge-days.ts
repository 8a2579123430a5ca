import { type Failure, accountErased, tooLarge, uploadDeleted } from '@clarity/failure'
import { type Sample, sumZones } from '@clarity/health-data'
import { type DocumentReference, FieldValue, type Transaction } from '@google-cloud/firestore'
import type { DayOutline, Merge, MergeReader, MergeResult, SampleShard } from './days.ts'
import { identityMark, identityMarks, mayHold, syncedShards } from './identity-marks.ts'
import {
  type Packed,
  type ReadAll,
  type SplitSamples,
  deflateSamples,
  deletePacked,
  readPacked,
  splitSamples,
  unpack,
  writePacked,
} from './packed-documents.ts'
import { NEWEST_DAYS, newestAfter, newestFields, readNewest } from './newest-days.ts'
import { readUpload } from './stored-upload.ts'
import {
  daysBetween,
  lastOutlines,
  listedTypes,
  readDays,
  readShards,
  shardDocuments,
  toShard,
} from './stored-days.ts'
import { type TombstoneGroup, readTombstones, shardsOfTombstones, tombstonesOf } from './tombstone-shards.ts'
import { advanced } from './upload-progress.ts'
import type { UserDocuments } from './user-documents.ts'

/** Of one UTC date, packed: several hundred thousand samples, and room for the rest of a commit of 10 MiB. */
const LARGEST_DAY_BYTES = 8 * 1024 * 1024

type MergeDocuments = UserDocuments & {
  /** Stands where the person is erased. */
  readonly mark: DocumentReference
}

/** One merge inside its transaction: all reads, then the pure build, then all writes. */
export async function mergeDays(tx: Transaction, own: MergeDocuments, merge: Merge): Promise<MergeResult> {
  const readAll: ReadAll = (...documents) => tx.getAll(...documents)
  const sampleDocuments = shardDocuments(own, merge.utcDates)
  const { sampleIds = [] } = merge
  const tombstoneDocuments = shardsOfTombstones(own, sampleIds)
  const uploadDocument = merge.uploadId === null ? undefined : own.upload(merge.uploadId)
  const [mark, newest, ...heads] = await tx.getAll(
    own.mark,
    own.newestDays,
    ...sampleDocuments,
    ...tombstoneDocuments,
    ...(uploadDocument ? [uploadDocument] : []),
  )
  if (mark?.exists) throw accountErased()
  const upload = uploadDocument && readUpload(heads.at(-1)!)
  if (upload === null) throw uploadDeleted()
  const packed = sampleDocuments.length + tombstoneDocuments.length
  const stored = await unpack<Sample>(readAll, heads.slice(0, sampleDocuments.length))
  const buried = await unpack<TombstoneGroup>(readAll, heads.slice(sampleDocuments.length, packed))
  const outlines = readNewest(newest)

  const result = await merge.build({
    shards: stored.map(toShard),
    tombstones: tombstonesOf(buried, sampleIds),
    read: reader(tx, { own, readAll, outlines, stored }),
  })

  await writeNewest(tx, { own, outlines }, result)
  await writeShards(tx, { own, stored }, result.shards)
  for (const day of result.days) tx.set(own.days.doc(day.date), day)
  for (const date of result.removedDays ?? []) tx.delete(own.days.doc(date))
  if (result.user) {
    const fields = Object.entries(result.user).map(([name, value]) => [name, value ?? FieldValue.delete()])
    tx.set(own.user, Object.fromEntries(fields), { merge: true })
  }
  if (upload) {
    if (result.upload) tx.set(own.upload(upload.upload_id), result.upload.reduce(advanced, upload))
    noteReach(tx, own.uploadReach(upload.upload_id), result)
  }
  return result
}

interface Outlines {
  readonly own: UserDocuments
  /** As they were before the merge; undefined where they were not written yet. */
  readonly outlines: readonly DayOutline[] | undefined
}

/** Keeps the newest days where days change; they are read anew where older ones take the place of removed ones. */
async function writeNewest(tx: Transaction, { own, outlines }: Outlines, result: MergeResult): Promise<void> {
  const { days, removedDays = [] } = result
  if (days.length === 0 && removedDays.length === 0) return
  const isShort = outlines?.length === NEWEST_DAYS && outlines.some(({ date }) => removedDays.includes(date))
  const before = outlines && !isShort ? outlines : await readOutlines(tx, own, removedDays.length)
  tx.set(own.newestDays, newestFields(newestAfter(before, result)))
}

async function readOutlines(tx: Transaction, own: UserDocuments, more = 0): Promise<DayOutline[]> {
  return readDays<DayOutline>(await tx.get(lastOutlines(own, NEWEST_DAYS + more))).reverse()
}

/** Notes what an upload changed, so that it can be taken away again without a search. */
function noteReach(tx: Transaction, document: DocumentReference, { shards }: MergeResult): void {
  if (shards.length === 0) return
  const dates = shards.map(({ utc_date }) => utc_date)
  tx.set(document, { utc_dates: FieldValue.arrayUnion(...dates) }, { merge: true })
}

interface Read extends Outlines {
  readonly readAll: ReadAll
  /** The shards that the merge may change: those asked for, and what it asks for besides. */
  readonly stored: Packed<Sample>[]
}

function reader(tx: Transaction, { own, outlines, readAll, stored }: Read): MergeReader {
  return {
    days: async (start, end) => readDays(await tx.get(daysBetween(own, start, end))),
    lastDays: async (count) => (outlines ?? (await readOutlines(tx, own))).slice(-count),
    shards: (utcDates, days) => readShards(readAll, shardDocuments(own, utcDates), days),
    async holding(syncIdentities) {
      const marks = new Set(syncIdentities.map(identityMark))
      const found = await Promise.all(syncedShards(own, marks).map((query) => tx.get(query)))
      const known = new Set(stored.map(({ document }) => document.id))
      const heads = new Map(found.flatMap(({ docs }) => docs.map((head) => [head.id, head] as const)))
      const others = [...heads.values()].filter((head) => !known.has(head.id) && mayHold(marks)(head))
      const packed = await readPacked<Sample>(
        readAll,
        others.map(({ ref }) => ref),
      )
      stored.push(...packed)
      return packed.map(toShard)
    },
    tombstones: (sampleIds) => readTombstones(readAll, own, sampleIds),
  }
}

async function writeShards(
  tx: Transaction,
  { own, stored }: { readonly own: UserDocuments; readonly stored: readonly Packed<Sample>[] },
  shards: readonly SampleShard[],
): Promise<void> {
  const previous = new Map(stored.map((packed) => [packed.document.id, packed.parts]))
  for (const { utc_date, samples, reach } of shards) {
    const document = own.sampleDays.doc(utc_date)
    const previousParts = previous.get(utc_date) ?? 0
    if (samples.length === 0) deletePacked(tx, document, previousParts)
    else {
      const split = splitSamples(samples)
      const bytes = await deflateSamples(split)
      if (bytes.length > LARGEST_DAY_BYTES) throw dayTooLarge(utc_date)
      const fields = { utc_date, ...(reach && { reach }), ...headOf(split) }
      writePacked(tx, { document, fields, bytes, previousParts })
    }
  }
}

/** What a shard's head says of the samples in it. */
function headOf(split: SplitSamples) {
  const { kind, kinds } = split.columns
  return {
    samples: kind.length,
    types: listedTypes(kinds),
    sum_zones: [...sumZones([kinds])].sort(),
    ...(kinds.some(({ verdict }) => verdict === 'deleted') && { deleted: true }),
    ...identityMarks(split),
    uuid_bytes: split.uuids.length,
  }
}

function dayTooLarge(date: string): Failure {
  const detail = `More samples start on ${date} (UTC) than can be stored of one day.`
  return tooLarge({ code: 'day_too_large', detail })
}
