import {
  baseVerdict,
  identify,
  type Metric,
  metricFor,
  normalizeUuid,
  type Sample,
  type SampleExtent,
} from '@clarity/health-data'
import type { ReadContext } from './context.ts'
import { join, objectOr } from './json.ts'
import { keptMetadata, namedActivity, syncOf, wasUserEntered } from './metadata.ts'
import { parseDate } from './parse-date.ts'
import { inMetricUnit, openQuantity, toNumber, unitText } from './quantity.ts'
import { type RawSample, type Reading, rejection, type SharedParts } from './reading.ts'
import { phoneZone, settleZone, toSpan } from './settle-zone.ts'
import { sharedSource, sharedUploadIds } from './shared-parts.ts'
import { sleepStageOf } from './sleep-stage.ts'
import { metricNamed } from './type-names.ts'

/** What a sample measured, or at which of its fields reading failed. */
type Measured =
  | {
      readonly value: number | null
      readonly min?: number | undefined
      readonly max?: number | undefined
      readonly unit: string
      readonly unitIn?: string | undefined
    }
  | { readonly at: 'value' | 'unit'; readonly reason: string }

const categoryWords: ReadonlyMap<string, number> = new Map([
  ['HKCategoryValueNotApplicable', 0],
  ['HKCategoryValueAppleStandHourStood', 0],
  ['HKCategoryValueAppleStandHourIdle', 1],
])

function readCategory(raw: RawSample, metric: Metric): Measured {
  const { unit } = metric
  if (metric.name === 'sleep_night') return { value: toNumber(raw.value) ?? null, unit }
  if (metric.name === 'sleep_analysis') {
    const stage = sleepStageOf(raw.value)
    return stage === undefined ? { at: 'value', reason: 'is not a sleep stage' } : { value: stage, unit }
  }
  if (raw.value === undefined || raw.value === null) return { value: 0, unit }
  const word = typeof raw.value === 'string' ? categoryWords.get(raw.value) : undefined
  return { value: word ?? toNumber(raw.value) ?? null, unit }
}

function readQuantity(raw: RawSample, metric: Metric): Measured {
  const sent = openQuantity(raw.value, raw.unit)
  const number = toNumber(sent.value)
  if (number === undefined) {
    return {
      at: 'value',
      reason: sent.value === undefined || sent.value === null ? 'is missing' : 'is not a number',
    }
  }
  const unitIn = unitText(sent.unit)
  const unit = unitIn ?? raw.impliedUnit
  const convert = (value: number) => inMetricUnit(value, unit, { metric, percent: raw.percent })
  const value = convert(number)
  if (value === undefined) return { at: 'unit', reason: 'is not a unit of this type' }
  if (raw.min === undefined && raw.max === undefined) return { value, unit: metric.unit, unitIn }
  const [min, max] = [raw.min, raw.max].map((sent) => {
    const number = toNumber(openQuantity(sent, undefined).value)
    const bound = number === undefined ? undefined : convert(number)
    return bound === value || !isPlausible(bound, metric) ? undefined : bound
  })
  return { value, min, max, unit: metric.unit, unitIn }
}

/** A client's extremes may be of readings that are none: a heart rate of 0 is no lowest one. */
function isPlausible(bound: number | undefined, { plausible: [low, high] = [-Infinity, Infinity] }: Metric) {
  return bound !== undefined && bound >= low && bound <= high
}

function readUnknown(raw: RawSample): Measured {
  const sent = openQuantity(raw.value, raw.unit)
  const unitIn = unitText(sent.unit)
  return { value: toNumber(sent.value) ?? null, unit: unitIn ?? '', unitIn }
}

function measure(raw: RawSample, metric: Metric | undefined): Measured {
  if (!metric) return readUnknown(raw)
  if (metric.kind === 'category') return readCategory(raw, metric)
  if (metric.kind === 'cumulative' || metric.kind === 'discrete') return readQuantity(raw, metric)
  const value = toNumber(raw.value) ?? null
  return { value, unit: metric.unit }
}

/** What tells content apart where the value does not: a workout's activity, which of two symptoms of one minute. */
function detailOf({ type, value, base_verdict, metadata }: Sample): string {
  if (type === 'workout') return JSON.stringify(metadata?.activity ?? '')
  return base_verdict === 'unknown' && value === null && metadata ? JSON.stringify(metadata) : ''
}

type Draft = { -readonly [Field in keyof Sample]: Sample[Field] }

/** What a raw sample has in common with those that differ from it in their identity, dates and value alone. */
export function sharedPartsOf(raw: RawSample): SharedParts {
  const metric = metricFor(String(raw.type)) ?? metricNamed(String(raw.type))
  return {
    metric,
    type: metric?.name ?? String(raw.type).toWellFormed(),
    source: sharedSource(raw.source),
    userEntered: wasUserEntered(raw.userEntered, raw.metadata),
    sync: raw.sync ?? syncOf(raw.metadata),
    metadata: keptMetadata(metric?.kind === 'workout' ? namedActivity(raw.metadata) : raw.metadata),
  }
}

/**
 * Written field by field: this is the hottest place of reading, and spreading optional parts costs most of it. What many
 * samples have stands in all, so that these are objects of one layout, as those of `unpackSamples` are.
 */
function buildSample(raw: RawSample, context: ReadContext, parts: SampleParts): Sample {
  const { start, end, extent, measured, shared, zone } = parts
  const { type, source, userEntered, sync, metadata } = shared
  const sample: Draft = {
    id: '',
    type,
    start,
    end,
    value: measured.value,
    unit: measured.unit,
    source,
    user_entered: userEntered,
    timezone: zone.timezone,
    timezone_source: zone.timezone_source,
    base_verdict: 'accepted',
    verdict: 'accepted',
    upload_ids: sharedUploadIds(context),
    extent,
    unit_in: measured.unitIn,
    metadata,
  }
  if (measured.min !== undefined) sample.min = measured.min
  if (measured.max !== undefined) sample.max = measured.max
  if (sync) sample.sync = sync
  sample.base_verdict = baseVerdict(sample, context.receivedAt)
  sample.verdict = sample.base_verdict
  const uuid = normalizeUuid(raw.uuid)
  sample.id = uuid ?? identify({ ...sample, uuid, detail: detailOf(sample) })
  return sample
}

interface SampleParts {
  readonly start: number
  readonly end: number
  readonly extent: SampleExtent | undefined
  readonly measured: Extract<Measured, { value: unknown }>
  readonly shared: SharedParts
  readonly zone: ReturnType<typeof settleZone>
}

/**
 * One sample in canonical form, or the refusal that says where it cannot be read and why. One bad sample never
 * harms the others.
 */
export function toSample(raw: RawSample, context: ReadContext): Reading {
  const refuse = (field: keyof RawSample['names'], reason: string) =>
    rejection(join(raw.path, raw.names[field]), raw.type, reason)
  if (typeof raw.type !== 'string' || raw.type.trim() === '') return refuse('type', 'is missing')
  if (raw.type.length > 200) return refuse('type', 'is too long')
  const written = raw.startDate ?? parseDate(raw.start)
  if (!written)
    return refuse('start', raw.start === undefined || raw.start === null ? 'is missing' : 'is not a date')
  const hasEnd = raw.end !== undefined && raw.end !== null && raw.end !== ''
  const writtenEnd = hasEnd ? (raw.endDate ?? parseDate(raw.end)) : undefined
  if (hasEnd && !writtenEnd) return refuse('end', 'is not a date')
  const zone = settleZone(objectOr(raw.metadata).HKTimeZone, written, context)
  const timezone = raw.clock === 'phone' ? phoneZone(zone, context) : zone.timezone
  const { start, end } = toSpan({ start: written, end: writtenEnd, timezone, length: raw.length })
  if (!isStorable(start) || !isStorable(end)) return refuse('start', 'is outside the years 1 to 9999')
  const shared = raw.shared ?? sharedPartsOf(raw)
  const measured = measure(raw, shared.metric)
  if ('at' in measured) return refuse(measured.at, measured.reason)
  const extent = raw.extent ?? (hasEnd ? undefined : 'missing')
  const parts = { start, end, extent, measured, shared, zone }
  return { kind: 'sample', sample: buildSample(raw, context, parts) }
}

const firstStorable = Date.parse('0001-01-02T00:00:00Z')
const lastStorable = Date.parse('9999-12-30T23:59:59Z')

/** Whether an instant has a date that can be written with four digits for the year, in every zone. */
export function isStorable(instant: number): boolean {
  return instant >= firstStorable && instant <= lastStorable
}
