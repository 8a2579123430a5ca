import type { ReadContext } from './context.ts'
import { clinicalRecord, isVoid, observationId, observationSamples } from './fhir-observation.ts'
import { sampledSamples } from './fhir-sampled-data.ts'
import { firstObject, isObject, join, type JsonObject, listOr, objectOr } from './json.ts'
import { type Reading, rejection, type Shape } from './reading.ts'
import { toSample } from './to-sample.ts'
import { toTombstone } from './tombstone.ts'

/** Bundles in bundles: beyond this depth no writer means it. */
const deepest = 4

interface Place {
  readonly path: string
  readonly depth: number
}

function* readEntry(entry: JsonObject, context: ReadContext, { path, depth }: Place): Generator<Reading> {
  const { method, url } = objectOr(entry.request)
  if (entry.resource === undefined && method === 'DELETE' && typeof url === 'string') {
    const uuid = url.slice(0, 500).replace(/^.*\/|^urn:uuid:/i, '')
    yield toTombstone(uuid, context, join(path, 'request.url'))
  } else yield* readResource(entry.resource, context, { path: join(path, 'resource'), depth: depth + 1 })
}

function* readBundle(bundle: JsonObject, context: ReadContext, { path, depth }: Place): Generator<Reading> {
  if (bundle.entry !== undefined && !Array.isArray(bundle.entry)) {
    yield rejection(join(path, 'entry'), 'Bundle', 'is not a list')
  }
  for (const [index, entry] of listOr(bundle.entry).entries()) {
    const at = join(path, `entry[${index}]`)
    if (isObject(entry)) yield* readEntry(entry, context, { path: at, depth })
    else yield rejection(at, null, 'is not an object')
  }
}

/** A Bundle, also one of which the members after its entries are not known yet. */
function isBundle({ resourceType, entry }: JsonObject): boolean {
  return resourceType === 'Bundle' || (resourceType === undefined && Array.isArray(entry))
}

function* readObservation(observation: JsonObject, context: ReadContext, path: string): Generator<Reading> {
  for (const observed of observationSamples(observation, path)) {
    if (!observed.sampled) yield toSample(observed, context)
    else for (const raw of sampledSamples(observed)) yield toSample(raw, context)
  }
}

function* readResource(resource: unknown, context: ReadContext, { path, depth }: Place): Generator<Reading> {
  if (!isObject(resource)) yield rejection(path, null, 'is not an object')
  else if (isBundle(resource)) {
    if (depth > deepest) yield rejection(path, 'Bundle', 'is nested too deeply')
    else yield* readBundle(resource, context, { path, depth })
  } else if (resource.resourceType !== 'Observation') {
    const record = clinicalRecord(resource, path)
    yield record
      ? toSample(record, context)
      : rejection(join(path, 'resourceType'), resource.resourceType, 'is not an observation and has no date')
  } else if (isVoid(resource)) {
    const uuid = observationId(resource)
    yield uuid === undefined
      ? rejection(join(path, 'status'), resource.resourceType, 'withdraws an observation that has no UUID')
      : toTombstone(uuid, context, join(path, 'id'))
  } else yield* readObservation(resource, context, path)
}

function isResource(root: unknown): boolean {
  if (!isObject(root)) return false
  return typeof (root.resourceType ?? objectOr(firstObject(root.entry)?.resource).resourceType) === 'string'
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (!Array.isArray(root)) yield* readResource(root, context, { path, depth: 0 })
  else {
    for (const [index, resource] of root.entries()) {
      yield* readResource(resource, context, { path: `${path}[${index}]`, depth: 0 })
    }
  }
}

/** FHIR R4 as HealthKitOnFHIR writes it: observations alone, in a list, in a Bundle, or one a line. */
export const fhir: Shape = {
  name: 'fhir',
  matches: (root) => (Array.isArray(root) ? isResource(firstObject(root)) : isResource(root)),
  read,
}
