import { sourceKey } from './identity.ts'
import type { SampleSource } from './sample.ts'

export type SourceClass = 'watch' | 'phone' | 'other'

/** What kind of device a source is, from its product type where it has one, else from its name. */
export function sourceClass(source: SampleSource): SourceClass {
  const product = source.product?.toLowerCase() ?? ''
  if (product.startsWith('watch')) return 'watch'
  if (product.startsWith('iphone') || product === 'phone') return 'phone'
  const name = sourceKey(source)
  if (/\bapple watch\b|\bwatch$/.test(name)) return 'watch'
  return /\biphone\b/.test(name) ? 'phone' : 'other'
}
