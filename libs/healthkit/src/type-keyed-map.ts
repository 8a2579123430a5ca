import type { ReadContext } from './context.ts'
import { readElements } from './elements.ts'
import { firstObject, isObject, isTold, join, type JsonObject, objectOr, textOrNull } from './json.ts'
import { type FieldNames, type RawSample, type Reading, rejection, type Shape } from './reading.ts'
import { productOf } from './source.ts'
import { toSample } from './to-sample.ts'
import { toTombstone } from './tombstone.ts'

const identifier = /^HK(Quantity|Category|Correlation|Data|Workout)?Type/
const listKeys = ['value', 'values', 'samples', 'data'] as const
const valueKeys = ['value', 'quantity', 'qty'] as const
const startKeys = ['startDate', 'start_date', 'start', 'date', 'timestamp'] as const
const endKeys = ['endDate', 'end_date', 'end'] as const

function fieldOf<Key extends string>(item: JsonObject, keys: readonly [Key, ...Key[]]): Key {
  return keys.find((key) => isTold(item[key])) ?? keys[0]
}

function sourceOf(item: JsonObject): RawSample['source'] {
  const { source } = item
  const { name, bundleIdentifier, productType } = objectOr(source)
  return {
    name: textOrNull(source) ?? textOrNull(name) ?? textOrNull(item.sourceName),
    bundle_id:
      textOrNull(bundleIdentifier) ?? textOrNull(item.sourceId) ?? textOrNull(item.sourceBundleIdentifier),
    product: textOrNull(productType) ?? productOf(item.device),
  }
}

function takeApart(
  item: JsonObject,
  path: string,
  { type, unit }: { type: string; unit: unknown },
): RawSample {
  const [value, start, end] = [fieldOf(item, valueKeys), fieldOf(item, startKeys), fieldOf(item, endKeys)]
  const names: FieldNames = { type: 'type', value, unit: 'unit', start, end }
  return {
    path,
    names,
    type,
    uuid: item.uuid ?? item.id,
    value: item[value],
    unit: item.unit ?? unit,
    start: item[start],
    end: item[end],
    source: sourceOf(item),
    metadata: item.metadata,
    percent: 'fraction',
  }
}

function* readMetric(type: string, entry: unknown, place: { path: string; context: ReadContext }) {
  const { path, context } = place
  const holder = objectOr(entry)
  const list = Array.isArray(entry) ? undefined : listKeys.find((key) => Array.isArray(holder[key]))
  const items: unknown = list === undefined ? entry : holder[list]
  const at = list === undefined ? path : join(path, list)
  const shared = { type, unit: holder.unit }
  if (Array.isArray(items))
    yield* readElements(items, { path: at, type, context }, (item, where) => [takeApart(item, where, shared)])
  else if (isObject(entry)) {
    // Of a type without samples the client may write `{value: null}`.
    const isSample = [...valueKeys, ...startKeys].some((key) => isTold(entry[key]))
    if (isSample) yield toSample(takeApart(entry, path, { type, unit: undefined }), context)
  } else if (entry !== null) yield rejection(path, type, 'is not a list')
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  for (const [type, entry] of Object.entries(objectOr(objectOr(root).metrics))) {
    yield* readMetric(type, entry, { path: join(path, `metrics.${type.slice(0, 200)}`), context })
  }
  const deleted = objectOr(root).deletedSamples
  if (Array.isArray(deleted))
    for (const [index, item] of (deleted as unknown[]).entries())
      yield toTombstone(item, context, join(path, `deletedSamples[${index}]`))
}

/** Whether the unit of the last type may stand behind its list. */
function isUntold(root: unknown): boolean {
  const [type, entry] = Object.entries(objectOr(objectOr(root).metrics)).at(-1) ?? ['', undefined]
  const holder = objectOr(entry)
  const items = listKeys.map((key) => holder[key]).find(Array.isArray)
  const isUnitless = holder.unit === undefined && firstObject(items)?.unit === undefined
  return items !== undefined && isUnitless && !type.startsWith('HKCategoryType')
}

/** A map from HealthKit identifiers to lists of samples, `{metrics: {HK…: {value: […]}}, checkpoint}`. */
export const typeKeyedMap: Shape = {
  name: 'type_keyed_map',
  matches: (root) =>
    isObject(root) && isObject(root.metrics) && Object.keys(root.metrics).some((key) => identifier.test(key)),
  isUntold,
  read,
}
