import { type FieldPath, NAME_FIELD, parseFieldPath, project } from './field-paths.ts'
import type { Cursor, StructuredQuery, Value } from './messages.ts'
import {
  type Predicate,
  RANGE_OPERATORS,
  compileFilter,
  fieldFilters,
  isNamePath,
  parseField,
  readField,
} from './query-filter.ts'
import { checkQuery } from './query-rules.ts'
import { type ResourcePath, checkId, encodeKey, justAfter, parseBound } from './resource-names.ts'
import { StatusError, invalidArgument } from './status.ts'
import type { DocumentStore, StoredDocument, Walk } from './store.ts'
import type { Micros } from './timestamps.ts'
import { compareStrings, compareValues } from './value-order.ts'

interface SortOrder {
  readonly path: FieldPath
  readonly sign: 1 | -1
}

/** A checked query: which documents to walk, which to keep, in which order. */
export interface QueryPlan {
  readonly walk: Walk
  readonly matches: Predicate
  readonly orders: readonly SortOrder[]
  readonly offset: number
  readonly limit: number
  readonly select: readonly FieldPath[] | undefined
}

export interface QueryResult {
  readonly documents: readonly StoredDocument[]
  /** How many of the offset's documents there were. */
  readonly skipped: number
}

/** Checks a query and settles what it leaves unsaid; fails with INVALID_ARGUMENT. */
export function planQuery(parent: ResourcePath, query: StructuredQuery): QueryPlan {
  if (query.findNearest)
    throw new StatusError('UNIMPLEMENTED', 'RunQuery with find_nearest is not implemented.')
  checkQuery(query)
  const [selector] = query.from
  if (selector?.collectionId) checkId(selector.collectionId)
  const orders = sortOrders(query)
  const matches = compileFilter(query.where)
  const afterStart = cursorTest(query.startAt, orders)
  const beforeEnd = cursorTest(query.endAt, orders)
  return {
    walk: {
      scope: {
        parent,
        collectionId: selector?.collectionId || undefined,
        allDescendants: selector ? (selector.allDescendants ?? false) : true,
      },
      descending: isNamePath(orders[0]!.path) && orders[0]!.sign < 0,
      ...nameBounds(query, orders),
    },
    matches: (document) =>
      orders.every(({ path }) => readField(document, path) !== undefined) &&
      matches(document) &&
      afterStart(document, (order, before) => (before ? order >= 0 : order > 0)) &&
      beforeEnd(document, (order, before) => (before ? order < 0 : order <= 0)),
    orders,
    offset: query.offset ?? 0,
    limit: query.limit ? (query.limit.value ?? 0) : Infinity,
    select: query.select?.fields.map(({ fieldPath }) => parseFieldPath(fieldPath)),
  }
}

/** Runs a plan against the latest state, or that of a past moment. */
export function runPlan(store: DocumentStore, plan: QueryPlan, at?: Micros): QueryResult {
  const end = plan.offset + plan.limit
  const found: StoredDocument[] = []
  const inOrder = isNamePath(plan.orders[0]!.path)
  for (const document of store.scan(plan.walk, at)) {
    if (inOrder && found.length >= end) break
    if (plan.matches(document)) found.push(document)
  }
  if (!inOrder) sortByKeys(found, plan.orders)
  return {
    documents: found.slice(plan.offset, end).map((document) => select(document, plan.select)),
    skipped: Math.min(plan.offset, found.length),
  }
}

function sortByKeys(documents: StoredDocument[], orders: readonly SortOrder[]): void {
  documents.sort((a, b) => {
    for (const { path, sign } of orders) {
      const order = isNamePath(path)
        ? Buffer.compare(a.key, b.key)
        : compareValues(readField(a, path)!, readField(b, path)!)
      if (order !== 0) return order * sign
    }
    return 0
  })
}

function select(document: StoredDocument, paths: readonly FieldPath[] | undefined): StoredDocument {
  return paths ? { ...document, fields: project(document.fields, paths) } : document
}

/** The stated orders, then the fields of range filters by name, then the document's name; the last direction goes on. */
function sortOrders(query: StructuredQuery): SortOrder[] {
  const orders: SortOrder[] = query.orderBy.map(({ field, direction }) => ({
    path: parseField(field),
    sign: direction === 'DESCENDING' ? -1 : 1,
  }))
  const sign = orders.at(-1)?.sign ?? 1
  const known = new Set(orders.map(({ path }) => pathKey(path)))
  const implied = fieldFilters(query.where)
    .filter(({ op }) => RANGE_OPERATORS.has(op))
    .map(({ path }) => path)
    .sort((a, b) => compareStrings(pathKey(a), pathKey(b)))
  for (const path of [...implied.filter((path) => !isNamePath(path)), [NAME_FIELD]]) {
    if (known.has(pathKey(path))) continue
    known.add(pathKey(path))
    orders.push({ path, sign })
  }
  return orders
}

function pathKey(path: FieldPath): string {
  return path.join('\0')
}

type CursorTest = (document: StoredDocument, keep: (order: number, before: boolean) => boolean) => boolean

function cursorTest(cursor: Cursor | undefined, orders: readonly SortOrder[]): CursorTest {
  if (!cursor || cursor.values.length === 0) return () => true
  if (cursor.values.length > orders.length)
    throw invalidArgument('A cursor has more values than the query has orders.')
  cursor.values.forEach((value, index) => {
    if (isNamePath(orders[index]!.path) && !('referenceValue' in value)) {
      throw invalidArgument('A cursor on __name__ must be a reference.')
    }
  })
  return (document, keep) => keep(cursorOrder(document, cursor.values, orders), cursor.before ?? false)
}

function cursorOrder(
  document: StoredDocument,
  values: readonly Value[],
  orders: readonly SortOrder[],
): number {
  for (const [index, value] of values.entries()) {
    const { path, sign } = orders[index]!
    const order = compareValues(readField(document, path)!, value)
    if (order !== 0) return order * sign
  }
  return 0
}

/** Bounds of the walk by name, from filters that all must hold and from cursors; loose by one key, the filters decide. */
function nameBounds(query: StructuredQuery, orders: readonly SortOrder[]): Pick<Walk, 'from' | 'until'> {
  const required = query.where?.compositeFilter
    ? query.where.compositeFilter.op === 'AND'
      ? query.where.compositeFilter.filters.filter((filter) => filter.fieldFilter)
      : []
    : query.where
      ? [query.where]
      : []
  const from: Buffer[] = []
  const until: Buffer[] = []
  for (const { path, op, value } of required.flatMap(fieldFilters)) {
    if (!isNamePath(path) || !('referenceValue' in value)) continue
    const key = encodeKey(parseBound(value.referenceValue).segments)
    if (op.startsWith('GREATER') || op === 'EQUAL') from.push(key)
    if (op.startsWith('LESS') || op === 'EQUAL') until.push(justAfter(key))
  }
  if (isNamePath(orders[0]!.path)) {
    const ascending = orders[0]!.sign > 0
    const start = cursorKey(query.startAt)
    const end = cursorKey(query.endAt)
    const [first, last] = ascending ? [start, end] : [end, start]
    if (first) from.push(first)
    if (last) until.push(justAfter(last))
  }
  return { from: from.sort(Buffer.compare).at(-1), until: until.sort(Buffer.compare)[0] }
}

function cursorKey(cursor: Cursor | undefined): Buffer | undefined {
  const value = cursor?.values[0]
  return value && 'referenceValue' in value ? encodeKey(parseBound(value.referenceValue).segments) : undefined
}
