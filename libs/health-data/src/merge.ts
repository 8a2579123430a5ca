import { utcDate } from './civil-time.ts'
import type { Sample, Shard, Shards, Tombstone, VerdictCounts } from './sample.ts'
import { compareText, entryText, isSameEntry, settle } from './settle.ts'
import { addTypeCount } from './type-counts.ts'

export interface MergeInput {
  /** The stored shards of every UTC date in which an incoming sample starts or in which a tombstone may apply. */
  readonly existing: Shards
  readonly incoming: readonly Sample[]
  /** All of the user's tombstones: those stored and those of this upload. */
  readonly tombstones: readonly Tombstone[]
}

export interface MergeResult {
  /** Only shards that differ from what was stored; an empty one is to be deleted. */
  readonly changed: Shards
  /** What became of the incoming samples. */
  readonly counts: VerdictCounts
}

/** Unites sorted lists of upload ids. */
function unite(left: readonly string[], right: readonly string[]): readonly string[] {
  if (right.every((id) => left.includes(id))) return left
  return [...new Set([...left, ...right])].sort(compareText)
}

type Entries = Map<string, Sample[]>

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

function add(entries: Entries, sample: Sample, many: ManyContents): void {
  const known = entries.get(sample.id)
  if (!known) {
    entries.set(sample.id, [sample])
    return
  }
  const index = indexOf(sample, known, many)
  const same = known[index]
  if (!same) known.push(sample)
  else {
    const upload_ids = unite(same.upload_ids, sample.upload_ids)
    if (upload_ids !== same.upload_ids) known[index] = { ...same, upload_ids }
  }
}

function entriesOf(shard: Shard): Entries {
  const entries: Entries = new Map()
  for (const sample of shard) {
    const known = entries.get(sample.id)
    if (known) known.push(sample)
    else entries.set(sample.id, [sample])
  }
  return entries
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
    left.timezone === right.timezone &&
    left.timezone_source === right.timezone_source &&
    left.upload_ids.join() === right.upload_ids.join() &&
    isSameEntry(left, right)
  )
}

/** Sorts samples into the shards in which they are stored, by the UTC date of their start. */
export function shardsOf(samples: readonly Sample[]): Map<string, Sample[]> {
  const shards = new Map<string, Sample[]>()
  for (const sample of samples) {
    const date = utcDate(sample.start)
    const shard = shards.get(date)
    if (shard) shard.push(sample)
    else shards.set(date, [sample])
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
export function mergeIntoShards({ existing, incoming, tombstones }: MergeInput): MergeResult {
  const buried = buriedIds(tombstones)
  const arriving = shardsOf(incoming)
  const changed = new Map<string, Shard>()
  const counts = createCounts()
  for (const date of new Set([...existing.keys(), ...arriving.keys()])) {
    const before = existing.get(date) ?? []
    const arrivals = arriving.get(date) ?? []
    const entries = entriesOf(before)
    const many: ManyContents = new Map()
    for (const sample of arrivals) add(entries, sample, many)
    const after = settle([...entries.values()].flat(), buried)
    if (!sameShard(before, after)) changed.set(date, after)
    countArrivals(counts, { before, arrivals, after })
  }
  return { changed, counts }
}

function createCounts() {
  return {
    accepted: 0,
    duplicate: 0,
    implausible: 0,
    deleted: 0,
    unknown: 0,
    by_type: {} as Record<string, number>,
  }
}

interface Arrival {
  readonly before: Shard
  readonly arrivals: readonly Sample[]
  readonly after: Shard
}

/** A sample that another upload brought before is a duplicate, as is its second mention in one upload. */
function countArrivals(counts: ReturnType<typeof createCounts>, { before, arrivals, after }: Arrival): void {
  if (arrivals.length === 0) return
  const upload = arrivals[0]?.upload_ids[0] ?? ''
  const broughtBefore = new Set<string>()
  for (const sample of before) {
    if (sample.upload_ids.some((id) => id !== upload)) broughtBefore.add(sample.id)
  }
  const verdicts = new Map(after.map((sample) => [sample.id, sample.verdict]))
  for (const sample of after) if (sample.verdict !== 'duplicate') verdicts.set(sample.id, sample.verdict)
  for (const sample of arrivals) {
    const verdict = verdicts.get(sample.id) ?? sample.verdict
    const isRepeat = broughtBefore.has(sample.id) && verdict !== 'deleted'
    counts[isRepeat ? 'duplicate' : verdict] += 1
    broughtBefore.add(sample.id)
    addTypeCount(counts.by_type, sample.type, 1)
  }
}

/**
 * The shards without what only one upload brought; samples that another upload also brought stay. `tombstones` are
 * those that remain. Only shards that differ are answered; an empty one is to be deleted.
 */
export function removeUpload(shards: Shards, uploadId: string, tombstones: readonly Tombstone[]): Shards {
  const buried = buriedIds(tombstones)
  const changed = new Map<string, Shard>()
  for (const [date, shard] of shards) {
    const remaining = shard.flatMap((sample) => {
      if (!sample.upload_ids.includes(uploadId)) return [sample]
      const upload_ids = sample.upload_ids.filter((id) => id !== uploadId)
      return upload_ids.length === 0 ? [] : [{ ...sample, upload_ids }]
    })
    const after = settle(remaining, buried)
    if (!sameShard(shard, after)) changed.set(date, after)
  }
  return changed
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

/** Tombstones whose sample is in none of the shards given: these are the ones to look for elsewhere. */
export function tombstonesWithoutSample(tombstones: readonly Tombstone[], shards: Shards): Tombstone[] {
  const held = new Set<string>()
  for (const shard of shards.values()) for (const sample of shard) held.add(sample.id)
  return tombstones.filter((tombstone) => !held.has(tombstone.id))
}
