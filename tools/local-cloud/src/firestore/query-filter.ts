import { type FieldPath, NAME_FIELD, getField, parseFieldPath } from './field-paths.ts'
import type { FieldReference, Filter, Value } from './messages.ts'
import { formatName } from './resource-names.ts'
import { invalidArgument } from './status.ts'
import type { StoredDocument } from './store.ts'
import { compareValues, isNaNValue, kindOf, typeRank } from './value-order.ts'

export type Predicate = (document: StoredDocument) => boolean

const MAX_DISJUNCTIONS = 30
const NULL: Value = { nullValue: 'NULL_VALUE' }
const NAN: Value = { doubleValue: NaN }
/** Stated as field filters these find neither null nor NaN: nothing equals them, or is larger or smaller. */
const COMPARISONS = new Set([
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL',
  'EQUAL',
])

/** Operators that leave a range of values: the fields they test order the results, and must exist. */
export const RANGE_OPERATORS = new Set([
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL',
  'NOT_EQUAL',
  'NOT_IN',
])

/** A field's value in a document; the name is one of the fields. */
export function readField(document: StoredDocument, path: FieldPath): Value | undefined {
  if (isNamePath(path)) return { referenceValue: formatName(document.path) }
  return getField(document.fields, path)
}

export function isNamePath(path: FieldPath): boolean {
  return path.length === 1 && path[0] === NAME_FIELD
}

export function parseField(field: FieldReference | undefined): FieldPath {
  if (!field?.fieldPath) throw invalidArgument('A filter or order names no field.')
  return parseFieldPath(field.fieldPath)
}

/** All field filters of a tree, unary ones as the comparisons they mean. */
export function fieldFilters(filter: Filter | undefined): { path: FieldPath; op: string; value: Value }[] {
  if (!filter) return []
  if (filter.compositeFilter) return filter.compositeFilter.filters.flatMap(fieldFilters)
  if (filter.fieldFilter) {
    const { field, op, value } = filter.fieldFilter
    return [{ path: parseField(field), op, value: value ?? NULL }]
  }
  return filter.unaryFilter ? [unaryComparison(filter.unaryFilter)] : []
}

/** Compiles a filter tree to a predicate; fails with INVALID_ARGUMENT on what no query may ask. */
export function compileFilter(filter: Filter | undefined): Predicate {
  if (!filter) return () => true
  if (countDisjunctions(filter) > MAX_DISJUNCTIONS) {
    throw invalidArgument(
      `A query may have at most ${MAX_DISJUNCTIONS} disjunctions in disjunctive normal form.`,
    )
  }
  return compile(filter)
}

function compile(filter: Filter): Predicate {
  if (filter.compositeFilter) {
    const parts = filter.compositeFilter.filters.map(compile)
    if (parts.length === 0) return () => true
    if (filter.compositeFilter.op === 'OR') return (document) => parts.some((part) => part(document))
    if (filter.compositeFilter.op === 'AND') return (document) => parts.every((part) => part(document))
    throw invalidArgument('A composite filter has no operator.')
  }
  const [comparison] = fieldFilters(filter)
  if (!comparison) throw invalidArgument('A filter is empty.')
  const matches = comparator(comparison)
  return (document) => {
    const value = readField(document, comparison.path)
    return value !== undefined && matches(value)
  }
}

function unaryComparison({ op, field }: NonNullable<Filter['unaryFilter']>) {
  const path = parseField(field)
  if (op === 'IS_NULL') return { path, op: 'IS_NULL', value: NULL }
  if (op === 'IS_NAN') return { path, op: 'IS_NAN', value: NAN }
  if (op === 'IS_NOT_NULL') return { path, op: 'NOT_EQUAL', value: NULL }
  if (op === 'IS_NOT_NAN') return { path, op: 'NOT_EQUAL', value: NAN }
  throw invalidArgument('A unary filter has no operator.')
}

function comparator({ path, op, value }: ReturnType<typeof fieldFilters>[number]): (value: Value) => boolean {
  if (isNamePath(path)) checkNameOperand(op, value)
  if (COMPARISONS.has(op) && (isNull(value) || isNaNValue(value))) return () => false
  const within = (test: (order: number) => boolean) => (field: Value) =>
    typeRank(field) === typeRank(value) && !isNaNValue(field) && test(compareValues(field, value))
  switch (op) {
    case 'LESS_THAN':
      return within((order) => order < 0)
    case 'LESS_THAN_OR_EQUAL':
      return within((order) => order <= 0)
    case 'GREATER_THAN':
      return within((order) => order > 0)
    case 'GREATER_THAN_OR_EQUAL':
      return within((order) => order >= 0)
    case 'EQUAL':
      return (field) => equal(field, value)
    case 'IS_NAN':
      return isNaNValue
    case 'IS_NULL':
      return isNull
    case 'NOT_EQUAL':
      return (field) => !isNull(field) && !equal(field, value)
    case 'ARRAY_CONTAINS':
      return (field) => elements(field).some((element) => equal(element, value))
    default:
      return listComparator(op, operandList(op, value))
  }
}

/** Integers and strings at once by their texts: a list of many is compared with a list of many. */
function equal(left: Value, right: Value): boolean {
  if ('integerValue' in left && 'integerValue' in right) return left.integerValue === right.integerValue
  if ('stringValue' in left && 'stringValue' in right) return left.stringValue === right.stringValue
  return compareValues(left, right) === 0
}

function listComparator(op: string, list: readonly Value[]) {
  const listed = (field: Value) =>
    list.some((value) => !isNull(value) && !isNaNValue(value) && equal(field, value))
  if (op === 'IN') return listed
  if (op === 'NOT_IN') return (field: Value) => !isNull(field) && !list.some(isNull) && !listed(field)
  return (field: Value) => elements(field).some(listed)
}

function operandList(op: string, value: Value): readonly Value[] {
  if (op !== 'IN' && op !== 'NOT_IN' && op !== 'ARRAY_CONTAINS_ANY') {
    throw invalidArgument(`Unknown filter operator "${op}".`)
  }
  const values = elements(value)
  if (values.length === 0) throw invalidArgument(`'${op}' requires a non-empty ArrayValue.`)
  if (op === 'NOT_IN' && values.length > 10)
    throw invalidArgument(`'NOT_IN' supports up to 10 comparison values.`)
  return values
}

function checkNameOperand(op: string, value: Value): void {
  for (const operand of op === 'IN' || op === 'NOT_IN' ? elements(value) : [value]) {
    if (!('referenceValue' in operand)) {
      throw invalidArgument(`__key__ filter value must be a Key, not ${kindOf(operand) ?? 'empty'}.`)
    }
  }
}

function elements(value: Value): readonly Value[] {
  return 'arrayValue' in value ? (value.arrayValue.values ?? []) : []
}

function isNull(value: Value): boolean {
  return 'nullValue' in value
}

function countDisjunctions(filter: Filter): number {
  if (filter.compositeFilter) {
    const counts = filter.compositeFilter.filters.map(countDisjunctions)
    return filter.compositeFilter.op === 'OR'
      ? counts.reduce((sum, count) => sum + count, 0)
      : counts.reduce((product, count) => product * count, 1)
  }
  const list = filter.fieldFilter
  if (list?.value && (list.op === 'IN' || list.op === 'ARRAY_CONTAINS_ANY'))
    return elements(list.value).length
  return 1
}
