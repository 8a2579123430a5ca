import { dateOfDay, utcDay } from './civil-time.ts'
import type { Sample, Shard, Shards, Tombstone, Verdict, VerdictCounts } from './sample.ts'
import {
  addEntry,
  compareText,
  type Entries,
  type EntriesById,
  entriesOf,
  entryText,
  isMany,
  isSameEntry,
  settle,
} from './settle.ts'

export interface MergeInput {
  /** The stored shards of every UTC date in which an incoming sample starts or in which a tombstone may apply. */
  readonly existing: Shards
  readonly incoming: readonly Sample[]
  /** All of the user's tombstones: those stored and those of this upload. */
  readonly tombstones: readonly Tombstone[]
  /** `syncIdentity` of what comes or is deleted: `existing` holds every date that has samples of these. */
  readonly compared?: ReadonlySet<string>
  /** What the same upload has brought in earlier rounds of this reading of it. */
  readonly earlier?: EarlierRounds
}

export interface EarlierRounds {
  readonly uploadId: string
  /** How many samples of each UTC date. */
  readonly samples: ReadonlyMap<string, number>
}

/** How many samples of one upload met which verdict. */
export type Tally = Omit<VerdictCounts, 'by_type'>

export interface MergeResult {
  /** Only shards that differ from what was stored; an empty one is to be deleted. */
  readonly changed: Shards
  /** What became of the incoming samples. */
  readonly counts: Tally
  /** The same by UTC date: of all that the upload brought of it, earlier rounds included. */
  readonly tallies: ReadonlyMap<string, Tally>
}

/** Unites sorted lists of upload ids. */
function unite(left: readonly string[], right: readonly string[]): readonly string[] {
  if (right.every((id) => left.includes(id))) return left
  return [...new Set([...left, ...right])].sort(compareText)
}

/** Where an identity was sent as many contents, their texts find the same one again without comparing all. */
type ManyContents = Map<string, Map<string, number>>

const fewContents = 4

function indexOf(sample: Sample, known: readonly Sample[], many: ManyContents): number {
  if (known.length <= fewContents) return known.findIndex((entry) => isSameEntry(entry, sample))
  const texts = many.get(sample.id) ?? new Map(known.map((entry, index) => [entryText(entry), index]))
  many.set(sample.id, texts)
  const text = entryText(sample)
  const index = texts.get(text) ?? -1
  if (index < 0) texts.set(text, known.length)
  return index
}

function add(entries: EntriesById, sample: Sample, many: ManyContents): void {
  const known = entries.get(sample.id)
  if (known === undefined) {
    entries.set(sample.id, sample)
    return
  }
  const all = isMany(known) ? known : [known]
  const index = indexOf(sample, all, many)
  const same = all[index]
  if (!same) {
    addEntry(entries, sample)
    return
  }
  const upload_ids = unite(same.upload_ids, sample.upload_ids)
  if (upload_ids === same.upload_ids) return
  all[index] = { ...same, upload_ids }
  if (!isMany(known)) entries.set(sample.id, all[index])
}

function unitedWith(shard: Shard, arrivals: readonly Sample[]): Entries {
  if (shard.length === 0 && areApart(arrivals)) return arrivals
  const entries = entriesOf(shard)
  const many: ManyContents = new Map()
  for (const sample of arrivals) add(entries, sample, many)
  return entries
}

/** Whether each has an identity of its own. */
function areApart(samples: readonly Sample[]): boolean {
  const ids = new Set<string>()
  for (const { id } of samples) ids.add(id)
  return ids.size === samples.length
}

function changedFrom(before: Shards, after: Shards): Map<string, Shard> {
  return new Map([...after].filter(([date, shard]) => !sameShard(before.get(date) ?? [], shard)))
}

function sameShard(left: Shard, right: Shard): boolean {
  return left.length === right.length && left.every((sample, index) => sameSample(sample, right[index]))
}

function sameSample(left: Sample, right: Sample | undefined): boolean {
  if (left === right) return true
  return (
    right !== undefined &&
    left.id === right.id &&
    left.verdict === right.verdict &&
    left.superseded === right.superseded &&
    left.timezone === right.timezone &&
    left.timezone_source === right.timezone_source &&
    left.upload_ids.join() === right.upload_ids.join() &&
    isSameEntry(left, right)
  )
}

/** Sorts samples into the shards in which they are stored, by the UTC date of their start. */
export function shardsOf(samples: readonly Sample[]): Map<string, Sample[]> {
  const shards = new Map<string, Sample[]>()
  let day = NaN
  let shard: Sample[] = []
  for (const sample of samples) {
    const startDay = utcDay(sample.start)
    // Most are of the date of the one before.
    if (startDay !== day) {
      day = startDay
      const date = dateOfDay(day)
      shard = shards.get(date) ?? []
      shards.set(date, shard)
    }
    shard.push(sample)
  }
  return shards
}

/** Identities that a tombstone names. */
export function buriedIds(tombstones: readonly Tombstone[]): ReadonlySet<string> {
  return new Set(tombstones.map((tombstone) => tombstone.id))
}

/**
 * Adds samples to the shards that hold them. Commutative, associative and idempotent: the shards depend on which
 * samples and tombstones have ever come, never on order or splitting. A tombstone always wins; it must be kept, since
 * what it names may arrive later. Near-linear in the samples of the shards touched.
 */
export function mergeIntoShards({
  existing,
  incoming,
  tombstones,
  compared = new Set(),
  earlier,
}: MergeInput): MergeResult {
  const arriving = shardsOf(incoming)
  const united = new Map<string, Entries>()
  for (const date of new Set([...existing.keys(), ...arriving.keys()])) {
    united.set(date, unitedWith(existing.get(date) ?? [], arriving.get(date) ?? []))
  }
  const settled = settle(united, { buried: buriedIds(tombstones), compared })
  const changed = changedFrom(existing, settled)
  const tallies = new Map<string, Tally>()
  for (const [date, after] of settled) {
    const arrivals = arriving.get(date) ?? []
    const upload = arrivals[0]?.upload_ids[0] ?? earlier?.uploadId
    const mentions = arrivals.length + (earlier?.samples.get(date) ?? 0)
    if (upload !== undefined && mentions > 0) tallies.set(date, tallyOf(after, upload, mentions))
  }
  return { changed, tallies, counts: sumOf([...tallies.values()]) }
}

/** The tallies of some dates as one. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = { accepted: 0, duplicate: 0, implausible: 0, deleted: 0, unknown: 0 }
  for (const tally of tallies)
    for (const verdict of Object.keys(sum) as Verdict[]) sum[verdict] += tally[verdict]
  return sum
}

/**
 * What became of the `mentions` that an upload brought to a shard, told from the shard alone: however often and in
 * however many rounds it is merged. What another upload brought too is a duplicate, as is every second mention.
 */
function tallyOf(shard: Shard, upload: string, mentions: number): Tally {
  const brought = new Map<string, Verdict>()
  const others = new Set<string>()
  const tally = { accepted: 0, duplicate: 0, implausible: 0, deleted: 0, unknown: 0 }
  const count = (verdict: Verdict, isOthersToo: boolean) => {
    tally[isOthersToo && verdict !== 'deleted' ? 'duplicate' : verdict] += 1
  }
  let single = 0
  const repeated = repeatedIds(shard)
  for (const { id, verdict, upload_ids } of shard) {
    const isOthersToo = upload_ids.length > 1 || upload_ids[0] !== upload
    const isBrought = !isOthersToo || upload_ids.includes(upload)
    if (repeated.size === 0 || !repeated.has(id)) {
      if (!isBrought) continue
      single += 1
      count(verdict, isOthersToo)
      continue
    }
    if (isOthersToo) others.add(id)
    if (isBrought && (verdict !== 'duplicate' || !brought.has(id))) brought.set(id, verdict)
  }
  for (const [id, verdict] of brought) count(verdict, others.has(id))
  tally.duplicate += Math.max(0, mentions - single - brought.size)
  return tally
}

/** Identities that may have several entries: of these all but one are duplicates. */
function repeatedIds(shard: Shard): Set<string> {
  const ids = new Set<string>()
  for (const { id, verdict } of shard) if (verdict === 'duplicate') ids.add(id)
  return ids
}

export interface Removal {
  readonly uploadId: string
  /** Those that remain. */
  readonly tombstones: readonly Tombstone[]
  /** `syncIdentity` of what goes or counts again: the shards and `others` hold every date that has samples of these. */
  readonly compared?: ReadonlySet<string>
  /** Shards from which nothing is taken, though other samples of theirs may count then. */
  readonly others?: Shards
}

/**
 * The shards without what only one upload brought; samples that another upload also brought stay. Only shards that
 * differ are answered; an empty one is to be deleted.
 */
export function removeUpload(
  shards: Shards,
  { uploadId, tombstones, compared = new Set(), others = new Map() }: Removal,
): Map<string, Shard> {
  const remaining = new Map([...others].map(([date, shard]) => [date, entriesOf(shard)]))
  for (const [date, shard] of shards) {
    const kept = shard.flatMap((sample) => {
      if (!sample.upload_ids.includes(uploadId)) return [sample]
      const upload_ids = sample.upload_ids.filter((id) => id !== uploadId)
      return upload_ids.length === 0 ? [] : [{ ...sample, upload_ids }]
    })
    remaining.set(date, entriesOf(kept))
  }
  const settled = settle(remaining, { buried: buriedIds(tombstones), compared })
  return changedFrom(new Map([...others, ...shards]), settled)
}

/** Tombstones of one or many uploads as one sorted list without repeats. */
export function mergeTombstones(...lists: readonly (readonly Tombstone[])[]): Tombstone[] {
  const byId = new Map<string, Tombstone>()
  for (const tombstone of lists.flat()) {
    const known = byId.get(tombstone.id)
    byId.set(
      tombstone.id,
      known ? { id: known.id, upload_ids: unite(known.upload_ids, tombstone.upload_ids) } : tombstone,
    )
  }
  return [...byId.values()].sort((left, right) => compareText(left.id, right.id))
}
