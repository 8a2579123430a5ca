import { identify } from './identity.ts'
import type { Sample, Zone } from './sample.ts'

/** What many samples have in common: everything that neither number nor identity is. */
type Kind = Pick<
  Sample,
  | 'type'
  | 'unit'
  | 'unit_in'
  | 'extent'
  | 'source'
  | 'user_entered'
  | 'timezone'
  | 'timezone_source'
  | 'base_verdict'
  | 'verdict'
  | 'upload_ids'
  | 'own_zone'
>

/** Parts that few samples have. */
type Rare = Pick<Sample, 'min' | 'max' | 'sync' | 'superseded'>

/**
 * Samples as columns of plain JSON, which says everything once that many samples share: a fraction of the size of the
 * samples as objects, and of the time to write and to parse it.
 */
export interface PackedSamples {
  readonly kinds: readonly Kind[]
  readonly metadata: readonly Readonly<Record<string, unknown>>[]
  /** For each sample the index of its kind. */
  readonly kind: readonly number[]
  /** Milliseconds after the start of the sample before, of the first after 1970; a text is an instant by itself. */
  readonly start: readonly (number | string)[]
  /** Milliseconds from start to end; a text is the end by itself. */
  readonly length: readonly (number | string)[]
  readonly value: readonly (number | null)[]
  /** 0 where it derives from the content. */
  readonly id: readonly (string | 0)[]
  /** Index of a sample and of its metadata, in turns. */
  readonly noted: readonly number[]
  readonly rare: readonly (readonly [index: number, parts: Rare])[]
}

export interface PackOptions {
  /** Whether identities that `identify` makes of content are left out and made again by unpacking: time for space. */
  readonly derivesIds?: boolean
}

function sameZone(left: Zone | undefined, right: Zone | undefined): boolean {
  return (
    left === right || (left?.timezone === right?.timezone && left?.timezone_source === right?.timezone_source)
  )
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left === right || (left.length === right.length && left.every((id, index) => id === right[index]))
}

function sameSource(left: Sample['source'], right: Sample['source']): boolean {
  return (
    left === right ||
    (left.name === right.name && left.bundle_id === right.bundle_id && left.product === right.product)
  )
}

function isOfKind(kind: Kind, sample: Sample): boolean {
  return (
    kind.type === sample.type &&
    kind.verdict === sample.verdict &&
    kind.unit === sample.unit &&
    kind.unit_in === sample.unit_in &&
    kind.extent === sample.extent &&
    kind.user_entered === sample.user_entered &&
    kind.timezone === sample.timezone &&
    kind.timezone_source === sample.timezone_source &&
    kind.base_verdict === sample.base_verdict &&
    sameSource(kind.source, sample.source) &&
    sameList(kind.upload_ids, sample.upload_ids) &&
    sameZone(kind.own_zone, sample.own_zone)
  )
}

function kindOf(sample: Sample): Kind {
  const { type, unit, unit_in, extent, source, user_entered, timezone, timezone_source } = sample
  const { base_verdict, verdict, upload_ids, own_zone } = sample
  return {
    type,
    unit,
    ...(unit_in !== undefined && { unit_in }),
    ...(extent && { extent }),
    source,
    user_entered,
    timezone,
    timezone_source,
    base_verdict,
    verdict,
    upload_ids,
    ...(own_zone && { own_zone }),
  }
}

/** How many kinds of a type are compared one by one before texts are looked up. */
const fewKinds = 6

interface KindsOfType {
  /** Of the sample before: most come from the same upload. */
  last: number
  readonly few: number[]
}

/** Numbers kinds in the order in which they first come. */
function createKinds() {
  const kinds: Kind[] = []
  const byType = new Map<string, KindsOfType>()
  const byText = new Map<string, number>()
  const indexIn = (ofType: KindsOfType, sample: Sample): number => {
    for (const index of ofType.few) if (isOfKind(kinds[index] as Kind, sample)) return index
    const kind = kindOf(sample)
    const isFew = ofType.few.length < fewKinds
    const text = isFew ? '' : JSON.stringify(kind)
    const known = isFew ? undefined : byText.get(text)
    if (known !== undefined) return known
    if (isFew) ofType.few.push(kinds.length)
    else byText.set(text, kinds.length)
    return kinds.push(kind) - 1
  }
  return {
    kinds,
    indexOf(sample: Sample): number {
      const ofType = byType.get(sample.type)
      if (!ofType) {
        const few: number[] = []
        const last = indexIn({ last: 0, few }, sample)
        byType.set(sample.type, { last, few })
        return last
      }
      if (!isOfKind(kinds[ofType.last] as Kind, sample)) ofType.last = indexIn(ofType, sample)
      return ofType.last
    },
  }
}

/** Numbers metadata in the order in which they first come. */
function createNotes() {
  const metadata: Readonly<Record<string, unknown>>[] = []
  const byText = new Map<string, number>()
  return {
    metadata,
    indexOf(noted: Readonly<Record<string, unknown>>): number {
      const text = JSON.stringify(noted)
      const known = byText.get(text)
      if (known !== undefined) return known
      byText.set(text, metadata.length)
      return metadata.push(noted) - 1
    },
  }
}

function rareOf({ min, max, sync, superseded }: Sample): Rare | undefined {
  if (min === undefined && max === undefined && sync === undefined) return undefined
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(sync && { sync }),
    ...(superseded && { superseded }),
  }
}

/** Samples as columns, in their order. */
export function packSamples(
  samples: readonly Sample[],
  { derivesIds = false }: PackOptions = {},
): PackedSamples {
  const kinds = createKinds()
  const notes = createNotes()
  const kind: number[] = []
  const start: (number | string)[] = []
  const length: (number | string)[] = []
  const value: (number | null)[] = []
  const id: (string | 0)[] = []
  const noted: number[] = []
  const rare: [number, Rare][] = []
  let before = 0
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[index] as Sample
    kind.push(kinds.indexOf(sample))
    const after = sample.start - before
    start.push(before + after === sample.start ? after : String(sample.start))
    before = sample.start
    const lasted = sample.end - sample.start
    length.push(sample.start + lasted === sample.end ? lasted : String(sample.end))
    value.push(sample.value)
    id.push(derivesIds && derives(sample) ? 0 : sample.id)
    if (sample.metadata) noted.push(index, notes.indexOf(sample.metadata))
    const parts = rareOf(sample)
    if (parts) rare.push([index, parts])
  }
  return { kinds: kinds.kinds, metadata: notes.metadata, kind, start, length, value, id, noted, rare }
}

/** A workout's identity also covers what only its reader knows. */
function derives({ id, type }: Sample): boolean {
  return type !== 'workout' && id.startsWith('content:')
}

type Draft = { -readonly [Field in keyof Sample]: Sample[Field] }

/**
 * The samples that were packed, in their order; what they share they share as objects. Fields stand in the order in which
 * reading writes them: objects of one layout are faster to work with.
 */
export function unpackSamples(packed: PackedSamples): Sample[] {
  const { kinds, kind, start, length, value, id } = packed
  const samples: Draft[] = []
  let before = 0
  for (let index = 0; index < kind.length; index += 1) {
    const shared = kinds[kind[index] as number] as Kind
    const from = start[index] as number | string
    before = typeof from === 'string' ? Number(from) : before + from
    const lasted = length[index] as number | string
    const sample: Draft = {
      id: id[index] || '',
      type: shared.type,
      start: before,
      end: typeof lasted === 'string' ? Number(lasted) : before + lasted,
      value: value[index] as number | null,
      unit: shared.unit,
      source: shared.source,
      user_entered: shared.user_entered,
      timezone: shared.timezone,
      timezone_source: shared.timezone_source,
      base_verdict: shared.base_verdict,
      verdict: shared.verdict,
      upload_ids: shared.upload_ids,
      extent: shared.extent,
      unit_in: shared.unit_in,
      metadata: undefined,
    }
    if (shared.own_zone) sample.own_zone = shared.own_zone
    samples.push(sample)
  }
  addRest(samples, packed)
  return samples
}

function addRest(samples: readonly Draft[], { noted, metadata, rare, id }: PackedSamples): void {
  for (let at = 0; at < noted.length; at += 2) {
    const noting = metadata[noted[at + 1] as number]
    const sample = samples[noted[at] as number]
    if (sample && noting) sample.metadata = noting
  }
  for (const [index, parts] of rare) Object.assign(samples[index] ?? {}, parts)
  for (let index = id.indexOf(0); index >= 0; index = id.indexOf(0, index + 1)) {
    const sample = samples[index]
    if (sample) sample.id = identify({ ...sample, uuid: undefined })
  }
}
