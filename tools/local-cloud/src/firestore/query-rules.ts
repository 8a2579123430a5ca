import { NAME_FIELD } from './field-paths.ts'
import type { Filter, StructuredQuery } from './messages.ts'
import { RANGE_OPERATORS, fieldFilters, isNamePath, parseField } from './query-filter.ts'
import { StatusError, invalidArgument } from './status.ts'

const NEGATIONS = ['NOT_EQUAL', 'NOT_IN', 'IS_NOT_NAN', 'IS_NOT_NULL']
const ARRAY_OPERATORS = ['ARRAY_CONTAINS', 'ARRAY_CONTAINS_ANY']

/**
 * Refuses what Firestore refuses to ask, so that no query runs here that would fail in production.
 * Source: https://firebase.google.com/docs/firestore/query-data/queries#query_limitations
 */
export function checkQuery(query: StructuredQuery): void {
  if (query.from.length > 1) throw invalidArgument('A query may have one collection selector at most.')
  if ((query.offset ?? 0) < 0) throw invalidArgument('offset must not be negative.')
  if ((query.limit?.value ?? 0) < 0) throw invalidArgument('limit must not be negative.')
  checkOperators(query.where)
  checkNameFilters(query.where)
  checkOrders(query)
}

function checkOperators(where: Filter | undefined): void {
  const operators = statedOperators(where)
  if (operators.filter((op) => NEGATIONS.includes(op)).length > 1) {
    throw invalidArgument(
      "Only a single 'NOT_EQUAL', 'NOT_IN', 'IS_NOT_NAN', or 'IS_NOT_NULL' filter allowed per query.",
    )
  }
  const disjoins = operators.some((op) => ['IN', 'ARRAY_CONTAINS_ANY', 'OR'].includes(op))
  if (operators.includes('NOT_IN') && disjoins) {
    throw invalidArgument(
      "'NOT_IN' cannot be used in the same query with 'IN', 'ARRAY_CONTAINS_ANY' or 'OR'.",
    )
  }
  if (where && arrayTests(where) > 1) {
    throw invalidArgument("A maximum of 1 'ARRAY_CONTAINS' filter is allowed per disjunction.")
  }
}

function statedOperators(filter: Filter | undefined): string[] {
  if (filter?.compositeFilter) {
    const { op, filters } = filter.compositeFilter
    return [op, ...filters.flatMap(statedOperators)]
  }
  const op = filter?.fieldFilter?.op ?? filter?.unaryFilter?.op
  return op === undefined ? [] : [op]
}

/** How many array tests the largest of the tree's disjunctions holds. */
function arrayTests(filter: Filter): number {
  if (!filter.compositeFilter) return ARRAY_OPERATORS.includes(filter.fieldFilter?.op ?? '') ? 1 : 0
  const counts = filter.compositeFilter.filters.map(arrayTests)
  return filter.compositeFilter.op === 'OR' ? Math.max(0, ...counts) : counts.reduce((sum, n) => sum + n, 0)
}

function checkNameFilters(where: Filter | undefined): void {
  const filters = fieldFilters(where)
  const onName = filters.filter(({ path }) => isNamePath(path))
  if (onName.some(({ op }) => ARRAY_OPERATORS.includes(op))) {
    throw invalidArgument(`${NAME_FIELD} is no array.`)
  }
  const otherRange = filters.some(({ path, op }) => RANGE_OPERATORS.has(op) && !isNamePath(path))
  const nameInRange = onName.some(({ op }) => RANGE_OPERATORS.has(op))
  if (otherRange && !nameInRange && onName.length > 0) {
    throw invalidArgument(
      'Equality on key is not allowed if there are other inequality fields and key does not appear in inequalities.',
    )
  }
}

function checkOrders({ orderBy, where }: StructuredQuery): void {
  const ordered = orderBy.map(({ field }) => parseField(field))
  if (new Set(ordered.map((path) => path.join('\0'))).size < ordered.length) {
    throw invalidArgument('order by clause contains a field twice')
  }
  const nameAt = ordered.findIndex(isNamePath)
  if (nameAt < 0) return
  const filters = fieldFilters(where).filter(({ path }) => !isNamePath(path))
  const implied = filters.some(
    ({ path, op }) =>
      RANGE_OPERATORS.has(op) && !ordered.some((other) => other.join('\0') === path.join('\0')),
  )
  if (nameAt < orderBy.length - 1 || implied) {
    throw invalidArgument('order by clause cannot contain more fields after the key')
  }
  if (nameAt === 0 && filters.length === 0 && orderBy[0]?.direction === 'DESCENDING') {
    throw new StatusError('FAILED_PRECONDITION', 'Firestore does not support descending key scans')
  }
}
