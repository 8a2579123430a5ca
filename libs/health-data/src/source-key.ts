import type { SampleSource } from './sample.ts'

const sourceKeys = new Map<string, string>()

/** A name of a source as it is compared: clients disagree on U+00A0, on the apostrophe and on case. */
export function comparableName(name: string): string {
  const known = sourceKeys.get(name)
  if (known !== undefined) return known
  const key = name
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .replace(/[\u2018\u2019]/g, "'")
    .trim()
    .toLowerCase()
  if (sourceKeys.size > 5000) sourceKeys.clear()
  sourceKeys.set(name, key)
  return key
}

/** A source's name as it is compared; its bundle id or product where it has none. */
export function sourceKey(source: SampleSource): string {
  return comparableName(source.name ?? source.bundle_id ?? source.product ?? '')
}
