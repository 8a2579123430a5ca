import { sourceKey } from './identity.ts'
import { compareText } from './settle.ts'
import type { SampleSource } from './sample.ts'

export type SourceClass = 'watch' | 'phone' | 'other'

const order: Readonly<Record<SourceClass, number>> = { watch: 0, phone: 1, other: 2 }

/** What kind of device a source is, from its product type where it has one, else from its name. */
function sourceClass(source: SampleSource): SourceClass {
  const product = source.product?.toLowerCase() ?? ''
  if (product.startsWith('watch')) return 'watch'
  if (product.startsWith('iphone') || product === 'phone') return 'phone'
  const name = sourceKey(source)
  if (/\bapple watch\b|\bwatch$/.test(name)) return 'watch'
  return /\biphone\b/.test(name) ? 'phone' : 'other'
}

/** Samples share their sources, and most come beside another of theirs. */
const keys = new WeakMap<SampleSource, string>()
let lastSource: SampleSource | undefined
let lastKey = ''

/** A text that sorts sources by whose samples hold where they overlap: Watch, phone, others; then by name. */
export function priorityKey(source: SampleSource): string {
  if (source === lastSource) return lastKey
  let key = keys.get(source)
  if (key === undefined) keys.set(source, (key = `${order[sourceClass(source)]}|${sourceKey(source)}`))
  lastSource = source
  lastKey = key
  return key
}

/** Sorts priority keys, highest priority first. */
export function byPriority(left: string, right: string): number {
  return compareText(left, right)
}
