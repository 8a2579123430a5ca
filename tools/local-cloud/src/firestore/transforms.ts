import { type FieldPath, getField, parseFieldPath, withField } from './field-paths.ts'
import type { Fields, FieldTransform, Value } from './messages.ts'
import { invalidArgument } from './status.ts'
import { type Micros, toTimestamp } from './timestamps.ts'
import { compareValues, isNaNValue, isNumber, kindOf } from './value-order.ts'

const NULL: Value = { nullValue: 'NULL_VALUE' }
const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)

/**
 * Applies field transforms in their order; the results are one value each, null for the two array transforms.
 * Semantics as `DocumentTransform.FieldTransform` of `google/firestore/v1/write.proto` states them.
 */
export function applyTransforms(
  fields: Fields,
  transforms: readonly FieldTransform[],
  requestTime: Micros,
): { fields: Fields; results: Value[] } {
  const results: Value[] = []
  let changed = fields
  for (const transform of transforms) {
    const path: FieldPath = parseFieldPath(transform.fieldPath)
    const { value, result } = transformed(transform, getField(changed, path), requestTime)
    changed = withField(changed, path, value)
    results.push(result)
  }
  return { fields: changed, results }
}

function transformed(
  transform: FieldTransform,
  present: Value | undefined,
  requestTime: Micros,
): { value: Value; result: Value } {
  const both = (value: Value) => ({ value, result: value })
  if (transform.increment) return both(increment(present, numberOperand(transform.increment)))
  if (transform.maximum) return both(extreme(present, numberOperand(transform.maximum), 1))
  if (transform.minimum) return both(extreme(present, numberOperand(transform.minimum), -1))
  if (transform.appendMissingElements) {
    return { value: append(present, transform.appendMissingElements.values ?? []), result: NULL }
  }
  if (transform.removeAllFromArray) {
    return { value: remove(present, transform.removeAllFromArray.values ?? []), result: NULL }
  }
  if (transform.setToServerValue === 'REQUEST_TIME') {
    return both({ timestampValue: toTimestamp(requestTime - (requestTime % 1000)) })
  }
  throw invalidArgument('A field transform names no known operation.')
}

function numberOperand(operand: Value): Value {
  if (!isNumber(operand))
    throw invalidArgument(`A numeric transform got a ${kindOf(operand) ?? 'value without type'}.`)
  return operand
}

function increment(present: Value | undefined, operand: Value): Value {
  if (present === undefined || !isNumber(present)) return operand
  if ('integerValue' in present && 'integerValue' in operand) {
    const sum = BigInt(present.integerValue) + BigInt(operand.integerValue)
    const saturated = sum > INT64_MAX ? INT64_MAX : sum < INT64_MIN ? INT64_MIN : sum
    return { integerValue: saturated.toString() }
  }
  return { doubleValue: toNumber(present) + toNumber(operand) }
}

function toNumber(value: Value): number {
  if ('integerValue' in value) return Number(value.integerValue)
  return 'doubleValue' in value ? value.doubleValue : NaN
}

/** The larger (`direction` 1) or smaller (-1) of two numbers; NaN wins over all, an equal number changes nothing. */
function extreme(present: Value | undefined, operand: Value, direction: 1 | -1): Value {
  if (present === undefined || !isNumber(present)) return operand
  if (isNaNValue(present) || isNaNValue(operand)) return { doubleValue: NaN }
  return compareValues(operand, present) * direction > 0 ? operand : present
}

function elementsOf(value: Value | undefined): readonly Value[] {
  return value !== undefined && 'arrayValue' in value ? (value.arrayValue.values ?? []) : []
}

function append(present: Value | undefined, additions: readonly Value[]): Value {
  const values = [...elementsOf(present)]
  for (const addition of additions) {
    if (!values.some((value) => compareValues(value, addition) === 0)) values.push(addition)
  }
  return { arrayValue: { values } }
}

function remove(present: Value | undefined, removals: readonly Value[]): Value {
  const values = elementsOf(present).filter(
    (value) => !removals.some((removal) => compareValues(value, removal) === 0),
  )
  return { arrayValue: { values } }
}
