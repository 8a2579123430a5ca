import { sourceKey } from './identity.ts'
import type { Sample, SampleSource } from './sample.ts'
import { inOrder } from './sample-order.ts'
import { compareText } from './settle.ts'

/** Of a day's text so many characters at a time: a longer one is in the end put together out of a million pieces. */
const chunkLength = 4096

/**
 * Canonical text of the accepted samples of some days, for the caller to hash: equal for equal content, whatever the
 * order, the splitting and the names of the uploads that brought it. In order of start and identity, each sample one
 * line of JSON values, those of what it shares with the sample before left out. It comes in chunks of any length.
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

/** The text of what samples of one type usually share, where that differs from the last sample of the type. */
function createSharedText(): (sample: Sample) => string {
  const lastOf = new Map<string, { sample: Sample; text: string }>()
  let last: string | undefined
  return (sample) => {
    const known = lastOf.get(sample.type)
    let text = known && isAlike(known.sample, sample) ? known.text : undefined
    if (text === undefined) {
      const { type, unit, extent, timezone, source, user_entered } = sample
      text = JSON.stringify([
        type,
        unit,
        extent ?? null,
        timezone,
        sourceKey(source),
        source.product,
        user_entered,
      ])
    }
    if (known?.text !== text) lastOf.set(sample.type, { sample, text })
    if (text === last) return ''
    last = text
    return text
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
