import type { SampleSource } from './sample.ts'
import { sourceKey } from './source-key.ts'

export type SourceClass = 'watch' | 'phone' | 'other'

/** Under such bundles HealthKit keeps what a device of Apple's measured itself: one for each Watch and phone. */
const ownDevice = 'com.apple.health.'

/** Samples share their sources. */
const classes = new WeakMap<SampleSource, SourceClass>()

/**
 * What kind of device a source is: from its product type where it has one, else from its name. An app is no device,
 * whichever it runs on: HealthKit gives the product of the phone for every app on it.
 */
export function sourceClass(source: SampleSource): SourceClass {
  const known = classes.get(source)
  if (known) return known
  const kind = classOf(source)
  classes.set(source, kind)
  return kind
}

/** Whom a source's samples are by: clients name a person's Watch and phone differently, an app is its name. */
export function writerOf(source: SampleSource): string {
  const kind = sourceClass(source)
  return kind === 'other' ? sourceKey(source) : `any ${kind}`
}

function classOf(source: SampleSource): SourceClass {
  const bundle = source.bundle_id?.toLowerCase() ?? ownDevice
  if (!bundle.startsWith('com.apple.')) return 'other'
  const product = bundle.startsWith(ownDevice) ? (source.product?.toLowerCase() ?? '') : ''
  if (product.startsWith('watch')) return 'watch'
  if (product.startsWith('iphone') || product === 'phone') return 'phone'
  const name = sourceKey(source)
  if (/\bapple watch\b|\bwatch$/.test(name)) return 'watch'
  return /\biphone\b/.test(name) ? 'phone' : 'other'
}
