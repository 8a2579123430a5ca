import { metricFor, toCanonical } from '@clarity/health-data'
import { isObject, type JsonObject } from './json.ts'
import { parseDate, type WrittenDate } from './parse-date.ts'
import { toNumber } from './quantity.ts'
import type { RawSample } from './reading.ts'
import { writtenLater } from './settle-zone.ts'

/** A sample whose value is a series of numbers at equal distances in time. */
export interface SampledSample extends RawSample {
  readonly sampled?: JsonObject | undefined
}

/** FHIR's words in a series for an error, and for what is below or above what the device can tell. */
const noNumbers = new Set(['E', 'U', 'L'])

/** Milliseconds between two numbers: the `period` of R4, or the `interval` of R5. */
function distanceOf({ period, interval, intervalUnit }: JsonObject): number | undefined {
  const [number, unit] = period === undefined ? [toNumber(interval), intervalUnit] : [toNumber(period), 'ms']
  const minutes =
    number === undefined || typeof unit !== 'string' ? undefined : toCanonical(number, unit, 'min')
  return minutes !== undefined && minutes > 0 ? Math.round(minutes * 6e7) / 1000 : undefined
}

interface Series {
  readonly start: WrittenDate
  readonly distance: number
  readonly data: string
  /** What a number of the series measured. */
  readonly valueOf: (number: number) => number
}

function seriesOf({ start, sampled }: SampledSample): Series | undefined {
  const { origin, factor, dimensions = 1, data } = sampled ?? {}
  const first = parseDate(start)
  const distance = distanceOf(sampled ?? {})
  const [zero, scale] = [isObject(origin) ? toNumber(origin.value ?? 0) : 0, toNumber(factor ?? 1)]
  if (!first || distance === undefined || typeof data !== 'string' || toNumber(dimensions) !== 1)
    return undefined
  if (zero === undefined || scale === undefined) return undefined
  // Twelve digits: a factor such as 0.1 is none that binary numbers hold.
  const valueOf = (number: number) => Number((zero + scale * number).toPrecision(12))
  return { start: first, distance, data, valueOf }
}

/**
 * One sample for each number of a series, as they are asked for: a reading at its instant, an amount over the time to the
 * next. The observation's one identity names none of them.
 */
export function* sampledSamples(observed: SampledSample): Generator<RawSample> {
  const { sampled: _, extent: __, ...common } = observed
  const series = seriesOf(observed)
  if (!series) {
    yield { ...common, names: { ...common.names, value: 'valueSampledData' }, value: NaN }
    return
  }
  const { start: first, distance, data, valueOf } = series
  const isAmount = metricFor(String(observed.type))?.kind === 'cumulative'
  let index = -1
  let isEmpty = true
  for (const [word] of data.matchAll(/\S+/g)) {
    index += 1
    if (noNumbers.has(word)) continue
    isEmpty = false
    const number = toNumber(word)
    const start = writtenLater(first, index * distance)
    const end = isAmount ? writtenLater(first, (index + 1) * distance) : start
    yield { ...common, uuid: undefined, value: number === undefined ? word : valueOf(number), start, end }
  }
  if (isEmpty) yield { ...common, value: undefined }
}
