import { metricFor } from '@clarity/health-data'
import { holds, isObject, isTold, type JsonObject, listOr, textOrNull } from './json.ts'
import { parseDate } from './parse-date.ts'
import { typeNamed } from './react-native-health-types.ts'
import type { FieldNames, RawSample } from './reading.ts'

const amounts = ['sumQuantity', 'averageQuantity', 'mostRecentQuantity'] as const
const bounds = ['minimumQuantity', 'maximumQuantity'] as const
const typeKeys = ['quantityType', 'quantityTypeIdentifier', 'identifier', 'type'] as const
const mostSources = 8
const deepest = 4
/** A civil day has up to 25 hours. */
const longestDayMs = 25 * 3_600_000

/** Whether an object is a result of a statistics query; that of a time in which nothing was measured names its sources alone. */
export function isStatistics(item: JsonObject): boolean {
  if ([...amounts, ...bounds].some((key) => isTold(item[key]))) return true
  return Array.isArray(item.sources) && !isTold(item.uuid) && isTold(item.startDate)
}

/** Whether any is among the first elements of a body's lists, or alone under a key. */
export function holdsStatistics(value: unknown, depth = 0): boolean {
  if (depth > deepest) return false
  const isOne = (inner: unknown) => holdsStatistics(inner, depth + 1)
  if (Array.isArray(value)) return holds(value, isOne)
  return isObject(value) && (isStatistics(value) || Object.values(value).some(isOne))
}

function typeOf(item: JsonObject): string | undefined {
  const own = typeKeys.map((key) => item[key]).find((type) => typeof type === 'string')
  return typeof own === 'string' ? typeNamed(own).type : undefined
}

/** Its sources' names, joined as other exports join them. */
function sourceOf({ source, sources }: JsonObject): RawSample['source'] {
  const all = isObject(source) ? [source] : listOr(sources).slice(0, mostSources).filter(isObject)
  const names = all.flatMap(({ name }) => textOrNull(name) ?? [])
  const [only, second] = all
  return {
    name: textOrNull(names.join('|')),
    bundle_id: second === undefined ? textOrNull(only?.bundleIdentifier) : null,
    product: null,
  }
}

function isOfDays(start: unknown, end: unknown): boolean {
  const [from, to] = [parseDate(start), parseDate(end)]
  return from !== undefined && to !== undefined && to.wallTime - from.wallTime > longestDayMs
}

const names: FieldNames = {
  type: 'quantityType',
  value: 'sumQuantity',
  unit: 'unit',
  start: 'startDate',
  end: 'endDate',
}

/** The most recent value that a query tells of is a sample as it was stored. */
function mostRecent(item: JsonObject, common: Omit<RawSample, 'start'>): RawSample {
  const interval = item.mostRecentQuantityDateInterval
  const { from, to } = isObject(interval) ? interval : { from: item.startDate, to: item.endDate }
  return { ...common, value: item.mostRecentQuantity, start: from, end: to }
}

/** What a query's result says of its time: a sum that HealthKit merged already, a mean with its extremes, or a value; nothing, where nothing was measured. */
export function statisticsSamples(
  item: JsonObject,
  { path, type: around, unit }: { path: string; type: string | undefined; unit: unknown },
): RawSample[] {
  const amount = amounts.find((key) => isTold(item[key]))
  if (amount === undefined && !bounds.some((key) => isTold(item[key]))) return []
  const type = typeOf(item) ?? around
  const metric = type === undefined ? undefined : metricFor(type)
  const { startDate: start, endDate: end } = item
  const common = {
    path,
    names: { ...names, value: amount ?? 'averageQuantity' },
    type,
    unit: item.unit ?? unit,
    source: sourceOf(item),
    percent: 'fraction',
  } as const
  if (amount === 'mostRecentQuantity') return [mostRecent(item, common)]
  const [min, max] = bounds.map((key) => item[key])
  const value = amount && item[amount]
  // What is of many days tells of no single one: it is kept under a type of its own.
  if (metric && isOfDays(start, end))
    return [{ ...common, type: `${metric.name}_by_period`, value, start, end }]
  // A mean is sent again while its time lasts, and is compared by its start.
  if (metric?.kind === 'discrete') return [{ ...common, value, min, max, start }]
  return [{ ...common, value, start, end, extent: 'bucket' }]
}
