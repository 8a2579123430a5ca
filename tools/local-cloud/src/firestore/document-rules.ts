import type { Fields, LatLng, Timestamp, Value } from './messages.ts'
import { RESERVED_NAME, type ResourcePath, formatName, parseDocumentName } from './resource-names.ts'
import { invalidArgument } from './status.ts'
import { toMicros, toTimestamp } from './timestamps.ts'
import { kindOf } from './value-order.ts'

const MAX_DOCUMENT_BYTES = 1_048_576
const MAX_VALUE_BYTES = 1_048_487
const MAX_FIELD_NAME_BYTES = 1500
const MAX_DEPTH = 20
/** Year 1 and year 9999, the range of times that the protocol allows. */
const TIME_RANGE_SECONDS = [-62_135_596_800, 253_402_300_799] as const

/**
 * The fields as Firestore stores them: times cut to microseconds. Fails with INVALID_ARGUMENT on values without
 * a type, arrays directly in arrays, reserved or empty names, times out of range and too deep nesting.
 */
export function storableFields(fields: Fields, depth = 0): Fields {
  if (depth > MAX_DEPTH) throw invalidArgument(`Document nesting exceeds the maximum depth of ${MAX_DEPTH}.`)
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      checkFieldName(name, value, depth)
      return [name, storableValue(value, depth)]
    }),
  )
}

function checkFieldName(name: string, value: Value, depth: number): void {
  if (name === '') throw invalidArgument('Property name is empty.')
  if (Buffer.byteLength(name) > MAX_FIELD_NAME_BYTES) {
    throw invalidArgument(`Property name is longer than ${MAX_FIELD_NAME_BYTES} bytes.`)
  }
  const marksVector =
    name === '__type__' && depth > 0 && 'stringValue' in value && value.stringValue === '__vector__'
  if (RESERVED_NAME.test(name) && !marksVector) throw invalidArgument(`Property name "${name}" is reserved.`)
}

function storableValue(value: Value, depth: number): Value {
  if (kindOf(value) === undefined) throw invalidArgument('A value without a type cannot be stored.')
  if ('timestampValue' in value) return { timestampValue: storableTimestamp(value.timestampValue) }
  if ('referenceValue' in value) parseDocumentName(value.referenceValue)
  if ('geoPointValue' in value) checkPoint(value.geoPointValue)
  if ('mapValue' in value)
    return { mapValue: { fields: storableFields(value.mapValue.fields ?? {}, depth + 1) } }
  if ('arrayValue' in value) {
    const values = value.arrayValue.values ?? []
    if (values.some((element) => 'arrayValue' in element)) {
      throw invalidArgument('Cannot convert an array value in an array value.')
    }
    return { arrayValue: { values: values.map((element) => storableValue(element, depth)) } }
  }
  return value
}

function checkPoint({ latitude = 0, longitude = 0 }: LatLng): void {
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return
  throw invalidArgument('A point lies outside of 90 degrees of latitude or 180 of longitude.')
}

function storableTimestamp(timestamp: Timestamp): Timestamp {
  const seconds = Number(timestamp.seconds ?? 0)
  const nanos = timestamp.nanos ?? 0
  if (
    seconds < TIME_RANGE_SECONDS[0] ||
    seconds > TIME_RANGE_SECONDS[1] ||
    nanos < 0 ||
    nanos > 999_999_999
  ) {
    throw invalidArgument('A timestamp lies outside of the years 1 to 9999.')
  }
  return toTimestamp(toMicros(timestamp))
}

/** Refuses a document above 1 MiB, or a field above 1 MiB less 89 bytes. Sizes: https://firebase.google.com/docs/firestore/storage-size */
export function checkDocumentSize(path: ResourcePath, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    if (valueBytes(value) <= MAX_VALUE_BYTES) continue
    throw invalidArgument(`The value of property "${name}" is longer than ${MAX_VALUE_BYTES} bytes.`)
  }
  const bytes = nameBytes(path.segments) + fieldsBytes(fields) + 32
  if (bytes > MAX_DOCUMENT_BYTES) {
    throw invalidArgument(
      `Document "${formatName(path)}" cannot be written because its size (${bytes} bytes) exceeds ` +
        `the maximum allowed size of ${MAX_DOCUMENT_BYTES} bytes.`,
    )
  }
}

function nameBytes(segments: readonly string[]): number {
  return segments.reduce((sum, segment) => sum + Buffer.byteLength(segment) + 1, 16)
}

function fieldsBytes(fields: Fields): number {
  return Object.entries(fields).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + 1 + valueBytes(value),
    0,
  )
}

function valueBytes(value: Value): number {
  if ('stringValue' in value) return Buffer.byteLength(value.stringValue) + 1
  if ('bytesValue' in value) return value.bytesValue.byteLength
  if ('nullValue' in value || 'booleanValue' in value) return 1
  if ('geoPointValue' in value) return 16
  if ('referenceValue' in value) return nameBytes(value.referenceValue.split('/').slice(5))
  if ('arrayValue' in value)
    return (value.arrayValue.values ?? []).reduce((sum, item) => sum + valueBytes(item), 0)
  if ('mapValue' in value) return fieldsBytes(value.mapValue.fields ?? {})
  return 8
}
