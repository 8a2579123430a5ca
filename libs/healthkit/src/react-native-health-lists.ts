import { firstObject, isObject, join, type JsonObject, objectOr } from './json.ts'
import { type TypeName, typeNamed } from './react-native-health-types.ts'
import { isStatistics } from './react-native-healthkit-statistics.ts'

const typeKeys = ['type', 'quantityType', 'method', 'permission', 'name', 'metric', 'identifier'] as const
const listKeys = ['data', 'results', 'samples', 'statistics', 'values', 'value', 'records'] as const
/** Keys that hold lists or further wrappers and name no type. */
const containers = new Set([...listKeys, 'health', 'healthData', 'health_data', 'healthKit', 'payload'])
const deepest = 3

/** One element with what its wrappers say of it; `item` may be anything. */
export interface Wrapped {
  readonly item: unknown
  readonly path: string
  /** What the nearest wrapper says that names a type; else the nearest. */
  readonly name: TypeName | undefined
  /** The method or word as the wrapper has it, which tells buckets from samples. */
  readonly key: string
  readonly unit: unknown
}

interface Wrapper {
  readonly path: string
  readonly key: string
  readonly name: TypeName | undefined
  readonly unit: unknown
  readonly depth: number
}

/** Whether an object looks like an element of the library: dates, and one of the values it writes. */
export function isSampleLike(item: unknown): boolean {
  if (!isObject(item)) return false
  const isDated = item.startDate !== undefined && item.endDate !== undefined
  if (!isDated && (item.start === undefined || item.end === undefined)) return false
  return elementKeys.some((key) => item[key] !== undefined)
}

const elementKeys = [
  'value',
  'sourceId',
  'sourceName',
  'quantity',
  'distance',
  'bloodPressureSystolicValue',
  'heartbeatSeries',
  'voltageMeasurements',
  'activityName',
]

function typedList(item: JsonObject): { readonly type: string; readonly list: string } | undefined {
  const list = listKeys.find((key) => Array.isArray(item[key]))
  const typeKey = list === undefined ? undefined : typeKeys.find((key) => typeof item[key] === 'string')
  return list === undefined || typeKey === undefined ? undefined : { type: item[typeKey] as string, list }
}

/** The object around the last list of a body's wrappers. */
function lastHolder(root: unknown, depth = 0): JsonObject | undefined {
  if (!isObject(root) || depth > deepest) return undefined
  const inner = Object.values(root).findLast((value) => typeof value === 'object' && value !== null)
  return Array.isArray(inner) ? root : lastHolder(inner, depth + 1)
}

/** Whether type or unit of a body's last list may stand behind it: not where a method's name is its key. */
export function isUntold(root: unknown): boolean {
  const holder = lastHolder(root)
  const list = listKeys.find((key) => Array.isArray(holder?.[key]))
  if (!holder || list === undefined) return false
  const { type, unit } = objectOr(firstObject(holder[list]))
  if (type !== undefined) return false
  return typedList(holder) === undefined || (holder.unit ?? unit) === undefined
}

function* elementsOf(items: readonly unknown[], wrapper: Wrapper): Generator<Wrapped> {
  const { path, depth, ...rest } = wrapper
  const isTyped = wrapper.key === '' || typeNamed(wrapper.key).isKnown
  for (const [index, item] of items.entries()) {
    const at = `${path}[${index}]`
    const typed = isObject(item) && depth < deepest ? typedList(item) : undefined
    if (typed) yield* wrapped(item, { ...wrapper, path: at, depth: depth + 1 })
    // A list under a key that names no type may be anything: what is no object in it is no sample.
    else if (isObject(item) || isTyped) yield { item, path: at, ...rest }
  }
}

function nearest(key: string, around: TypeName | undefined): TypeName {
  const named = typeNamed(key)
  return named.isKnown || !around?.isKnown ? named : around
}

/**
 * Every element that a body's wrappers hold, in its order: `{getHeartRateSamples: […]}`, `{heartRate: […]}`,
 * `{type: 'HeartRate', data: […]}`, lists of the latter, a single sum, or the list alone.
 */
export function* wrapped(root: unknown, wrapper: Wrapper): Generator<Wrapped> {
  const { path, key, name, unit, depth } = wrapper
  if (Array.isArray(root)) {
    yield* elementsOf(root as unknown[], wrapper)
    return
  }
  if (!isObject(root)) return
  const typed = typedList(root)
  if (typed) {
    const { type, list } = typed
    const inner = { path: join(path, list), key: type, name: typeNamed(type), unit: root.unit ?? unit, depth }
    yield* elementsOf(root[list] as unknown[], inner)
  } else if (isSampleLike(root) || isStatistics(root)) yield { item: root, path, key, name, unit }
  else if (depth < deepest) {
    for (const [inner, value] of Object.entries(root)) {
      const names = containers.has(inner) ? { key, name } : { key: inner, name: nearest(inner, name) }
      yield* wrapped(value, { ...names, path: join(path, inner), unit: root.unit ?? unit, depth: depth + 1 })
    }
  }
}
