import { sourceKey } from './identity.ts'
import type { Sample, SampleSource } from './sample.ts'
import { inOrder } from './sample-order.ts'
import { compareText } from './settle.ts'

/** Of a day's text so many characters at a time: a longer one is in the end put together out of a million pieces. */
const chunkLength = 4096

/**
 * Canonical text of the accepted samples of some days, for the caller to hash: equal for equal content, whatever the
 * order, the splitting and the names of the uploads that brought it. In order of start and identity, each sample one
 * line of JSON values; what it shares with others is written with the first of them, and numbered for those that follow.
 * It comes in chunks of any length.
 */
export function* dayDigestChunks(samples: readonly Sample[]): Generator<string> {
  const shared = createSharedText()
  let text = ''
  for (const sample of inOrder(samples.filter(({ verdict }) => verdict === 'accepted'))) {
    const { id, start, end, value, min, max, metadata } = sample
    // No identity has a character that JSON would escape.
    text += `${shared(sample)}"${id}" ${start} ${end - start} ${value}`
    if (min !== undefined || max !== undefined) text += ` ${min} ${max}`
    // Workouts and summed nights carry figures in their metadata.
    if (metadata) text += JSON.stringify(Object.entries(metadata).sort(([a], [b]) => compareText(a, b)))
    text += '\n'
    if (text.length < chunkLength) continue
    yield text
    text = ''
  }
  yield text
}

/** The text of `dayDigestChunks` in one piece. */
export function dayDigest(samples: readonly Sample[]): string {
  return [...dayDigestChunks(samples)].join('')
}

/** Numbers what samples share in the order in which it first comes; the first time its text stands before its number. */
function createSharedText(): (sample: Sample) => string {
  const numbers = new Map<string, string>()
  const lastOf = new Map<string, { sample: Sample; number: string }>()
  return (sample) => {
    const known = lastOf.get(sample.type)
    if (known && isAlike(known.sample, sample)) return known.number
    const { type, unit, extent, timezone, source, user_entered } = sample
    const key = [type, unit, extent ?? null, timezone, sourceKey(source), source.product, user_entered]
    const text = JSON.stringify(key)
    const number = numbers.get(text) ?? String(numbers.size)
    lastOf.set(type, { sample, number })
    if (numbers.has(text)) return number
    numbers.set(text, number)
    return text + number
  }
}

function isAlike(left: Sample, right: Sample): boolean {
  return (
    left.unit === right.unit &&
    left.extent === right.extent &&
    left.timezone === right.timezone &&
    left.user_entered === right.user_entered &&
    isSameSource(left.source, right.source)
  )
}

function isSameSource(left: SampleSource, right: SampleSource): boolean {
  return (
    left === right ||
    (left.name === right.name && left.bundle_id === right.bundle_id && left.product === right.product)
  )
}
