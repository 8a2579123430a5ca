import { sourceKey } from './source-key.ts'
import type { Sample, SampleSource } from './sample.ts'
import { inOrder } from './sample-order.ts'
import { compareText } from './settle.ts'

/** Start, end and value as 64-bit numbers, then the number of the description. */
const recordBytes = 28

/**
 * Canonical form of the accepted samples of some days, for the caller to hash, one part after the other: equal for equal
 * content, whatever the order, the splitting and the names of the uploads that brought it, and whatever the machine. In
 * order of start and identity: what samples share and what few of them have, then their numbers, then their identities.
 */
export function dayDigestParts(samples: readonly Sample[]): readonly (string | Uint8Array)[] {
  const numbers = new DataView(new ArrayBuffer(samples.length * recordBytes))
  const { descriptions, indexOf } = createDescriptions()
  const ids: string[] = []
  const rare: string[] = []
  let end = 0
  for (const sample of inOrder(samples)) {
    if (sample.verdict !== 'accepted') continue
    // Adding 0 makes of -0 what it is once it was stored.
    numbers.setFloat64(end, sample.start + 0, true)
    numbers.setFloat64(end + 8, sample.end + 0, true)
    numbers.setFloat64(end + 16, (sample.value ?? 0) + 0, true)
    numbers.setUint32(end + 24, indexOf(sample), true)
    end += recordBytes
    if (hasRare(sample)) rare.push(`${ids.length} ${rareText(sample)}`)
    ids.push(sample.id)
  }
  // The head tells how many bytes of numbers follow, and how many identities; none of these has a line's end in it.
  const head = JSON.stringify([ids.length, descriptions, rare])
  return [head, new Uint8Array(numbers.buffer, 0, end), ids.join('\n')]
}

function hasRare({ min, max, metadata }: Sample): boolean {
  return min !== undefined || max !== undefined || metadata !== undefined
}

/** Workouts and summed nights carry figures in their metadata. */
function rareText({ min, max, metadata }: Sample): string {
  const noted = metadata && Object.entries(metadata).sort(([a], [b]) => compareText(a, b))
  return `${min} ${max} ${JSON.stringify(noted)}`
}

/** Numbers what samples share in the order in which it first comes. */
function createDescriptions() {
  const descriptions: string[] = []
  const byText = new Map<string, number>()
  const lastOf = new Map<string, { readonly sample: Sample; readonly index: number }>()
  return {
    descriptions,
    indexOf(sample: Sample): number {
      const known = lastOf.get(sample.type)
      if (known && isAlike(known.sample, sample)) return known.index
      const text = describe(sample)
      const index = byText.get(text) ?? descriptions.push(text) - 1
      byText.set(text, index)
      lastOf.set(sample.type, { sample, index })
      return index
    },
  }
}

function describe(sample: Sample): string {
  const { type, unit, extent = null, timezone, source, user_entered, value } = sample
  const shared = [type, unit, extent, timezone, sourceKey(source), source.product, user_entered]
  return JSON.stringify([...shared, value === null])
}

function isAlike(left: Sample, right: Sample): boolean {
  return (
    left.unit === right.unit &&
    left.extent === right.extent &&
    left.timezone === right.timezone &&
    left.user_entered === right.user_entered &&
    (left.value === null) === (right.value === null) &&
    isSameSource(left.source, right.source)
  )
}

function isSameSource(left: SampleSource, right: SampleSource): boolean {
  return (
    left === right ||
    (left.name === right.name && left.bundle_id === right.bundle_id && left.product === right.product)
  )
}
