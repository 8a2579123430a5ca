import type { Fields, LatLng, Value } from './messages.ts'
import { encodeKey, parseBound } from './resource-names.ts'

/** The rank of each type in Firestore's order of values of mixed types. */
const TYPE_RANKS = {
  nullValue: 0,
  booleanValue: 1,
  integerValue: 2,
  doubleValue: 2,
  timestampValue: 3,
  stringValue: 4,
  bytesValue: 5,
  referenceValue: 6,
  geoPointValue: 7,
  arrayValue: 8,
  vector: 9,
  mapValue: 10,
} as const

export type ValueKind = Exclude<keyof typeof TYPE_RANKS, 'vector'>

const KINDS = Object.keys(TYPE_RANKS).filter((kind) => kind !== 'vector') as ValueKind[]

/** Which member of the union is set; `undefined` for a value without any, which a client may send. */
export function kindOf(value: Value): ValueKind | undefined {
  return KINDS.find((kind) => (value as Record<string, unknown>)[kind] !== undefined)
}

/** The rank of a value's type: values of equal rank are comparable by size, others by rank alone. */
export function typeRank(value: Value): number {
  if (isVector(value)) return TYPE_RANKS.vector
  return TYPE_RANKS[kindOf(value) ?? 'nullValue']
}

export function isNumber(value: Value): value is { integerValue: string } | { doubleValue: number } {
  return 'integerValue' in value || 'doubleValue' in value
}

export function isNaNValue(value: Value): boolean {
  return 'doubleValue' in value && Number.isNaN(value.doubleValue)
}

/**
 * Firestore's total order of values: by type, then null; false, true; numbers with NaN first and integers and
 * doubles mixed by size (-0 equals 0); times; strings and bytes by bytes; names by segments; points by latitude;
 * arrays by elements; vectors by length, then elements; maps by sorted keys.
 * Source: https://firebase.google.com/docs/firestore/manage-data/data-types#value_type_ordering
 */
export function compareValues(a: Value, b: Value): number {
  const byType = typeRank(a) - typeRank(b)
  if (byType !== 0) return byType
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  if ('stringValue' in a && 'stringValue' in b) return compareStrings(a.stringValue, b.stringValue)
  if ('booleanValue' in a && 'booleanValue' in b) return Number(a.booleanValue) - Number(b.booleanValue)
  if ('timestampValue' in a && 'timestampValue' in b) {
    const [left, right] = [a.timestampValue, b.timestampValue]
    return Number(left.seconds ?? 0) - Number(right.seconds ?? 0) || (left.nanos ?? 0) - (right.nanos ?? 0)
  }
  if ('bytesValue' in a && 'bytesValue' in b) return Buffer.compare(a.bytesValue, b.bytesValue)
  if ('referenceValue' in a && 'referenceValue' in b) return compareNames(a.referenceValue, b.referenceValue)
  if ('geoPointValue' in a && 'geoPointValue' in b) return comparePoints(a.geoPointValue, b.geoPointValue)
  if ('arrayValue' in a && 'arrayValue' in b) {
    return compareLists(a.arrayValue.values ?? [], b.arrayValue.values ?? [])
  }
  if ('mapValue' in a && 'mapValue' in b) return compareMaps(a, b)
  return 0
}

type NumberValue = { readonly integerValue: string } | { readonly doubleValue: number }

function compareNumbers(a: NumberValue, b: NumberValue): number {
  if ('integerValue' in a && 'integerValue' in b)
    return compareScalars(BigInt(a.integerValue), BigInt(b.integerValue))
  const left = 'integerValue' in a ? BigInt(a.integerValue) : a.doubleValue
  const right = 'integerValue' in b ? BigInt(b.integerValue) : b.doubleValue
  const leftIsNaN = Number.isNaN(left)
  const rightIsNaN = Number.isNaN(right)
  if (leftIsNaN || rightIsNaN) return Number(rightIsNaN) - Number(leftIsNaN)
  return compareScalars(left, right)
}

/** JavaScript compares integers of any size with doubles exactly, so no rounding hides a difference here. */
function compareScalars(a: bigint | number, b: bigint | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** By UTF-8 bytes, which differs from JavaScript's order where surrogates occur. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** By project and database, then by the segments of the path. */
function compareNames(a: string, b: string): number {
  const left = parseBound(a)
  const right = parseBound(b)
  return (
    compareStrings(left.database, right.database) ||
    Buffer.compare(encodeKey(left.segments), encodeKey(right.segments))
  )
}

function comparePoints(a: LatLng, b: LatLng): number {
  return (a.latitude ?? 0) - (b.latitude ?? 0) || (a.longitude ?? 0) - (b.longitude ?? 0)
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const order = compareValues(a[index]!, b[index]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareMaps(a: Value, b: Value): number {
  if (isVector(a)) {
    const [left, right] = [vectorElements(a), vectorElements(b)]
    return left.length - right.length || compareLists(left, right)
  }
  const [left, right] = [sortedEntries(a), sortedEntries(b)]
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order =
      compareStrings(left[index]![0], right[index]![0]) || compareValues(left[index]![1], right[index]![1])
    if (order !== 0) return order
  }
  return left.length - right.length
}

function sortedEntries(value: Value): [string, Value][] {
  return Object.entries(mapFields(value)).sort(([a], [b]) => compareStrings(a, b))
}

function mapFields(value: Value): Fields {
  return 'mapValue' in value ? (value.mapValue.fields ?? {}) : {}
}

function isVector(value: Value): boolean {
  const type = mapFields(value)['__type__']
  return type !== undefined && 'stringValue' in type && type.stringValue === '__vector__'
}

function vectorElements(vector: Value): readonly Value[] {
  const elements = mapFields(vector)['value']
  return elements !== undefined && 'arrayValue' in elements ? (elements.arrayValue.values ?? []) : []
}
