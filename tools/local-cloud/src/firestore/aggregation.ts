import { parseField, readField } from './query-filter.ts'
import type { Aggregation, Value } from './messages.ts'
import { invalidArgument } from './status.ts'
import type { StoredDocument } from './store.ts'
import { isNumber } from './value-order.ts'

const INT64_LIMIT = 2n ** 63n

/**
 * Counts, sums and means over the documents of a query, by alias. Documents that lack one of the fields asked for
 * count nowhere; values that are no numbers do not enter sums.
 */
export function aggregate(
  aggregations: readonly Aggregation[],
  documents: readonly StoredDocument[],
): Record<string, Value> {
  if (aggregations.length === 0) throw invalidArgument('An aggregation query names no aggregation.')
  if (aggregations.length > 5) throw invalidArgument('An aggregation query may have 5 aggregations at most.')
  const aliases = aggregations.map(({ alias }, index) => alias || `field_${index + 1}`)
  if (new Set(aliases).size < aliases.length) throw invalidArgument('Two aggregations have the same alias.')
  const paths = aggregations.flatMap(({ sum, avg }) => (sum || avg ? [parseField((sum ?? avg)?.field)] : []))
  const complete = documents.filter((document) =>
    paths.every((path) => readField(document, path) !== undefined),
  )
  return Object.fromEntries(
    aggregations.map((aggregation, index) => [aliases[index], aggregateOne(aggregation, complete)]),
  )
}

function aggregateOne({ count, sum, avg }: Aggregation, documents: readonly StoredDocument[]): Value {
  if (count) {
    const upTo = Number(count.upTo?.value ?? Infinity)
    return { integerValue: String(Math.min(documents.length, upTo)) }
  }
  const path = parseField((sum ?? avg)?.field)
  const numbers = documents
    .map((document) => readField(document, path))
    .filter((value) => value !== undefined)
  const numeric = numbers.filter(isNumber)
  if (sum) return total(numeric)
  const mean = numeric.reduce((total, value) => total + toDouble(value), 0) / numeric.length
  return numeric.length === 0 ? { nullValue: 'NULL_VALUE' } : { doubleValue: mean }
}

function total(values: readonly Value[]): Value {
  if (values.every((value) => 'integerValue' in value)) {
    const exact = values.reduce((sum, value) => sum + BigInt(value.integerValue), 0n)
    if (exact < INT64_LIMIT && exact >= -INT64_LIMIT) return { integerValue: exact.toString() }
  }
  return { doubleValue: values.reduce((sum, value) => sum + toDouble(value), 0) }
}

function toDouble(value: Value): number {
  if ('integerValue' in value) return Number(value.integerValue)
  return 'doubleValue' in value ? value.doubleValue : 0
}
