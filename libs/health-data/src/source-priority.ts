import { sourceKey } from './source-key.ts'
import type { SampleSource } from './sample.ts'
import { compareText } from './settle.ts'
import { type SourceClass, sourceClass } from './source-class.ts'

const order: Readonly<Record<SourceClass, number>> = { watch: 0, phone: 1, other: 2 }

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
