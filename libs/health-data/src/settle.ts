import { hasSyncIdentity } from './identity.ts'
import { repeated } from './repeated-content.ts'
import type { Sample, SampleSource, Shard, Verdict } from './sample.ts'
import { superseded } from './superseded.ts'

/**
 * Orders what one identity was sent as: the highest version, then what tells most (that a person typed it in, and of
 * its source: clients leave these out), then the latest start (a clock hour that repeats is read as its first pass where
 * the client does not say), then by content alone, then the smallest upload.
 */
function precedes(left: Sample, right: Sample): number {
  const byDetailAndStart =
    (right.sync?.version ?? 0) - (left.sync?.version ?? 0) ||
    Number(right.user_entered) - Number(left.user_entered) ||
    toldOf(right.source) - toldOf(left.source) ||
    right.start - left.start
  if (byDetailAndStart !== 0) return byDetailAndStart
  return (
    compareText(contentText(left), contentText(right)) || compareText(firstUpload(left), firstUpload(right))
  )
}

/** How much a client told of a source. */
function toldOf({ name, bundle_id, product }: SampleSource): number {
  return Number(name !== null) + Number(bundle_id !== null) + Number(product !== null)
}

/** Orders texts by their UTF-16 units, the same on every machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function firstUpload(sample: Sample): string {
  return sample.upload_ids[0] ?? ''
}

/** Everything a client said of a sample but its zone: what differs only in the zone is one content. */
function contentText(sample: Sample): string {
  const { start, end, extent, value, min, max, unit, unit_in, source, user_entered, sync, metadata, type } =
    sample
  return JSON.stringify([
    [type, start, end, extent, value, min, max, unit, unit_in, user_entered],
    [source.name, source.bundle_id, source.product, sync?.id, sync?.version],
    metadata === undefined ? null : Object.entries(metadata).sort(([a], [b]) => compareText(a, b)),
    sample.base_verdict,
  ])
}

/** Whether two stored entries of one identity are one entry: content and own zone are the same. */
export function isSameEntry(left: Sample, right: Sample): boolean {
  const zones = [left.own_zone ?? left, right.own_zone ?? right] as const
  return (
    left.start === right.start &&
    left.value === right.value &&
    zones[0].timezone === zones[1].timezone &&
    zones[0].timezone_source === zones[1].timezone_source &&
    contentText(left) === contentText(right)
  )
}

/** A text that is equal for entries that are one. */
export function entryText(sample: Sample): string {
  const { timezone, timezone_source } = sample.own_zone ?? sample
  return `${contentText(sample)}|${timezone}|${timezone_source}`
}

function ownZone(sample: Sample): Sample {
  if (!sample.own_zone) return sample
  const { own_zone, ...rest } = sample
  return { ...rest, ...own_zone }
}

function bySmallestUpload(left: Sample, right: Sample): number {
  const zoneText = (sample: Sample) => `${sample.timezone}|${sample.timezone_source}`
  return compareText(firstUpload(left), firstUpload(right)) || compareText(zoneText(left), zoneText(right))
}

/** The entry that stands for its identity; where uploads disagree on the zone, that of the smallest upload id holds. */
function electOne(entries: readonly Sample[]): Sample[] {
  const [winner, ...others] = entries.map(ownZone).sort(precedes)
  if (!winner) return []
  const [zoneGiver = winner] = entries.map(ownZone).sort(bySmallestUpload)
  const { timezone, timezone_source } = zoneGiver
  const elected =
    timezone === winner.timezone && timezone_source === winner.timezone_source
      ? winner
      : {
          ...winner,
          timezone,
          timezone_source,
          own_zone: { timezone: winner.timezone, timezone_source: winner.timezone_source },
        }
  return [elected, ...others.map((other) => withVerdict(other, 'duplicate'))]
}

function withVerdict(sample: Sample, verdict: Verdict): Sample {
  return sample.verdict === verdict ? sample : { ...sample, verdict }
}

/** Blood pressure readings whose diastolic is not below their systolic: neither is plausible. */
function crossedPressures(samples: readonly Sample[]): Set<Sample> {
  const systolic = new Map<string, Sample>()
  const crossed = new Set<Sample>()
  const key = (sample: Sample) => `${sample.start}|${sample.source.name}`
  const pressures = samples.filter(({ type }) => type.startsWith('blood_pressure_')).sort(byId)
  for (const sample of pressures)
    if (sample.type === 'blood_pressure_systolic') systolic.set(key(sample), sample)
  for (const sample of pressures) {
    if (sample.type !== 'blood_pressure_diastolic') continue
    const partner = systolic.get(key(sample))
    if (partner && (sample.value ?? 0) >= (partner.value ?? 0)) crossed.add(sample).add(partner)
  }
  return crossed
}

/** The entries of one date by their identity: nearly always a single one. */
export type EntriesById = Map<string, Sample | Sample[]>

/** The entries of one date, those of one identity together. */
export type Entries = Pick<EntriesById | readonly Sample[], 'values'>

/** True for an identity that was sent as several contents or zones. */
export function isMany(known: Sample | Sample[]): known is Sample[] {
  return Array.isArray(known)
}

/** Adds an entry to those of its identity. */
export function addEntry(entries: EntriesById, sample: Sample): void {
  const known = entries.get(sample.id)
  if (known === undefined) entries.set(sample.id, sample)
  else if (isMany(known)) known.push(sample)
  else entries.set(sample.id, [known, sample])
}

/** Sorts the entries of a shard by their identity. */
export function entriesOf(shard: Shard): EntriesById {
  const entries: EntriesById = new Map()
  for (const sample of shard) addEntry(entries, sample)
  return entries
}

/** Order of samples in a shard: start, identity, then what else was said of the same identity. */
function inShardOrder(left: Sample, right: Sample): number {
  return (
    left.start - right.start ||
    compareText(left.id, right.id) ||
    rank(left) - rank(right) ||
    precedes(left, right)
  )
}

function rank(sample: Sample): number {
  return sample.verdict === 'duplicate' ? 1 : 0
}

export interface SettleOptions {
  /** Identities that tombstones name. */
  readonly buried: ReadonlySet<string>
  /**
   * Sync identities of which the shards hold every sample there is. Of any other nothing came or went: what is noted as
   * superseded is so still.
   */
  readonly compared: ReadonlySet<string>
}

/** What stands for each identity of one date, and the entries whose verdict is settled. */
interface Election {
  elected: Sample[]
  /** What else was sent of the same identities. */
  copies: Sample[]
  settled: Sample[]
}

/**
 * Gives every entry of these dates its verdict. A function of the set of entries and of the identities that tombstones
 * name, whatever the order in which they came: that is why merging commutes.
 */
export function settle(
  dates: ReadonlyMap<string, Entries>,
  { buried, compared }: SettleOptions,
): Map<string, Shard> {
  const elections = new Map<string, Election>()
  for (const [date, entries] of dates) elections.set(date, elect(entries, buried))
  if (compared.size > 0) noteSuperseded([...elections.values()], compared)
  return new Map([...elections].map(([date, election]) => [date, settleElection(election)]))
}

function elect(entries: Entries, buried: ReadonlySet<string>): Election {
  const election: Election = { elected: [], copies: [], settled: [] }
  const { elected, copies, settled } = election
  for (const known of entries.values()) {
    const [winner, ...others] = isMany(known) ? electOne(known) : [ownZone(known)]
    if (!winner) continue
    const isBuried = buried.has(winner.id)
    if (isBuried) settled.push(withVerdict(winner, 'deleted'))
    else elected.push(winner)
    for (const other of others) (isBuried ? settled : copies).push(other)
  }
  return election
}

function noteSuperseded(elections: readonly Election[], compared: ReadonlySet<string>): void {
  const isCompared = (sample: Sample) => hasSyncIdentity(sample, compared)
  const beaten = superseded(elections.map((election) => standingIn(election).filter(isCompared)))
  const noted = (sample: Sample) => (isCompared(sample) ? withNote(sample, beaten.has(sample)) : sample)
  for (const election of elections) {
    election.elected = election.elected.map(noted)
    election.copies = election.copies.map(noted)
    election.settled = election.settled.map(noted)
  }
}

/** The entries of identities that nothing deleted. */
function standingIn({ elected, copies }: Election): readonly Sample[] {
  return copies.length === 0 ? elected : [...elected, ...copies]
}

function withNote(sample: Sample, isSuperseded: boolean): Sample {
  if (isSuperseded) return sample.superseded ? sample : { ...sample, superseded: true }
  const { superseded: noted, ...rest } = sample
  return noted ? rest : sample
}

function settleElection(election: Election): Shard {
  const { elected, copies, settled } = election
  const outdated = outdatedIds(standingIn(election))
  const ordered = sortedShard(elected)
  const beaten = new Set(outdated.size === 0 ? [] : ordered.filter(({ id }) => outdated.has(id)))
  for (const copy of copies) settled.push(copy)
  const current = withoutAll(ordered, beaten, settled)
  const single = withoutAll(current, repeated(current), settled)
  const crossed = crossedPressures(single)
  for (const sample of single) {
    const isCrossed = crossed.size > 0 && crossed.has(sample)
    settled.push(withVerdict(sample, isCrossed ? 'implausible' : sample.base_verdict))
  }
  return sortedShard(settled)
}

/** Identities of which a newer version came, by whichever of its copies' sync identities. */
function outdatedIds(entries: readonly Sample[]): Set<string> {
  const beaten = superseded([entries])
  const ids = new Set<string>()
  for (const entry of entries) if (entry.superseded || beaten.has(entry)) ids.add(entry.id)
  return ids
}

/** Sorts samples in place; those that are in order already are left alone. */
function sortedShard(samples: Sample[]): Sample[] {
  const isInOrder = samples.every(
    (sample, index) => index === 0 || inShardOrder(samples[index - 1]!, sample) <= 0,
  )
  return isInOrder ? samples : samples.sort(inShardOrder)
}

/**
 * Of every identity in a shard the entry that stands for it, in the shard's order: what a reader sees of the samples.
 * The others hold what uploads said of the same identity besides.
 */
export function representatives(shard: Shard): Sample[] {
  const standing = new Map<string, Sample>()
  for (const entry of shard) {
    const known = standing.get(entry.id)
    if (!known || (rank(entry) - rank(known) || precedes(entry, known)) < 0) standing.set(entry.id, entry)
  }
  return standing.size === shard.length
    ? [...shard]
    : shard.filter((entry) => standing.get(entry.id) === entry)
}

function byId(left: Sample, right: Sample): number {
  return compareText(left.id, right.id)
}

function withoutAll(
  samples: readonly Sample[],
  dropped: ReadonlySet<Sample>,
  into: Sample[],
): readonly Sample[] {
  if (dropped.size === 0) return samples
  for (const sample of dropped) into.push(withVerdict(sample, 'duplicate'))
  return samples.filter((sample) => !dropped.has(sample))
}
