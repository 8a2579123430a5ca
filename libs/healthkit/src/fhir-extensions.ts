import type { SampleSource } from '@clarity/health-data'
import { isObject, type JsonObject, listOr, objectOr, textOrNull } from './json.ts'

const deepest = 4
const most = 200

/** The one `value…` of an extension; a coded one by its code, a quantity as HealthKit writes it (`6100 %`). */
function valueOf(extension: JsonObject): unknown {
  const name = Object.keys(extension).find((key) => key.startsWith('value'))
  const value = name === undefined ? undefined : extension[name]
  if (!isObject(value)) return value
  if (value.code !== undefined && value.value === undefined) {
    return /^\d{1,9}$/.test(String(value.code)) ? Number(value.code) : value.code
  }
  return value.value === undefined ? undefined : `${String(value.value)} ${String(value.unit ?? value.code)}`
}

/** Nested extensions as one list of where they stand (`sourceRevision/source/name`) and what they say. */
function flatten(extensions: unknown, into: Map<string, unknown>, depth = 0): Map<string, unknown> {
  for (const extension of listOr(extensions).slice(0, most)) {
    if (!isObject(extension) || typeof extension.url !== 'string' || into.size >= most) continue
    const place = extension.url.slice(-256).replace(/^.*\/defs\//, '')
    const value = valueOf(extension)
    if (value !== undefined) into.set(place, value)
    if (depth < deepest) flatten(extension.extension, into, depth + 1)
  }
  return into
}

/** What HealthKitOnFHIR says of a sample in extensions: its metadata, and who wrote it on what. */
export interface Provenance {
  readonly metadata: JsonObject
  readonly source: SampleSource
}

const unsaid: Provenance = { metadata: {}, source: { name: null, bundle_id: null, product: null } }

/** Reads the extensions `metadata`, `sourceRevision` and `sourceDevice` of an observation. */
export function provenanceOf(observation: JsonObject): Provenance {
  if (observation.extension === undefined && observation.device === undefined) return unsaid
  const said = flatten(observation.extension, new Map())
  const text = (place: string) => textOrNull(said.get(place))
  const metadata = [...said].flatMap(([place, value]) =>
    place.startsWith('metadata/') ? [[place.slice('metadata/'.length), value] as const] : [],
  )
  return {
    metadata: Object.fromEntries(metadata),
    source: {
      name:
        text('sourceRevision/source/name') ??
        textOrNull(objectOr(observation.device).display) ??
        text('sourceDevice/name'),
      bundle_id: text('sourceRevision/source/bundleIdentifier'),
      product:
        text('sourceRevision/productType') ??
        text('sourceDevice/hardwareVersion') ??
        text('sourceDevice/model'),
    },
  }
}
