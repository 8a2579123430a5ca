import type { SampleSource } from '@clarity/health-data'
import type { ReadContext } from './context.ts'

const mostNames = 1000
const mostOfOneName = 8

const sources = new Map<string | null, SampleSource[]>()
const uploads = new WeakMap<ReadContext, readonly string[]>()

/** One object for all samples of a source: a body names its few sources with each of its many samples. */
export function sharedSource(source: SampleSource): SampleSource {
  const { name, bundle_id, product } = source
  let alike = sources.get(name)
  if (!alike) {
    // Names come from clients: rubbish must not fill the memory.
    if (sources.size >= mostNames) sources.clear()
    sources.set(name, (alike = []))
  }
  for (const known of alike) if (known.bundle_id === bundle_id && known.product === product) return known
  if (alike.length < mostOfOneName) alike.push(source)
  return source
}

/** One list for all samples of a body. */
export function sharedUploadIds(context: ReadContext): readonly string[] {
  let uploadIds = uploads.get(context)
  if (!uploadIds) uploads.set(context, (uploadIds = [context.uploadId]))
  return uploadIds
}
