import { formatInstant, type Metric, metricFor, toCanonical } from '@clarity/health-data'
import { isByDay, isMidnight, type Period, periodOf } from './health-auto-export-periods.ts'
import { isObject, isTold, type JsonObject, listOr } from './json.ts'
import { parseDate } from './parse-date.ts'
import { toNumber, unitText } from './quantity.ts'
import type { FieldNames, RawSample } from './reading.ts'
import { namedSource } from './source.ts'
import { metricNamed } from './type-names.ts'

const names: FieldNames = { type: 'name', value: 'qty', unit: 'units', start: 'date', end: 'endDate' }

/** What holds for every row of a metric. */
export interface MetricLayout {
  /** Name and unit as sent. */
  readonly name: string
  readonly units: unknown
  readonly metric: Metric | undefined
  /** Whether its rows are sums of days. */
  readonly byDay: boolean
  readonly period: Period | undefined
}

function metricOf({ name }: JsonObject): Metric | undefined {
  return typeof name !== 'string' || name.length > 200 ? undefined : (metricFor(name) ?? metricNamed(name))
}

/** What the rows of a body's sums say of all its rows. */
export function sharedPeriod(metrics: unknown): Period | undefined {
  const sums = listOr(metrics).filter(isObject)
  return periodOf(sums.filter((each) => metricOf(each)?.kind === 'cumulative'))
}

/** What a metric's name and rows say of each row. */
export function layoutOf(sent: JsonObject, period: Period | undefined): MetricLayout {
  const { name, units, data } = sent
  const metric = metricOf(sent)
  const byDay = metric?.kind === 'cumulative' && isByDay(data)
  return { name: typeof name === 'string' ? name : '', units, metric, byDay, period }
}

type Common = Pick<
  RawSample,
  'path' | 'names' | 'unit' | 'start' | 'end' | 'source' | 'percent' | 'type' | 'userEntered'
>

const shortestDayMs = 23 * 3_600_000

/** No calendar reaches further; in ms. */
const furthest = 8e15

/** That long after a date, as the client would write it. */
function later(date: unknown, milliseconds: number): number | string | undefined {
  const written = parseDate(date)
  if (!written) return undefined
  const { wallTime, offset, isUtc } = written
  const end = wallTime + Math.round(milliseconds)
  if (!(Math.abs(end) < furthest)) return undefined
  if (offset === null && !isUtc) return formatInstant(end).replace('Z', '')
  return end - (offset ?? 0)
}

function sleepSegment(common: Common, point: JsonObject): RawSample {
  const segment = { ...common, unit: undefined, end: point.endDate }
  if (!isTold(point.startDate)) return { ...segment, value: point.value ?? point.qty }
  const value = { value: 'value', start: 'startDate' }
  return { ...segment, names: { ...names, ...value }, start: point.startDate, value: point.value }
}

/** Minutes of a part of a night: in hours, unless the metric's unit is another one of time. */
function minutesIn(amount: unknown, unit: unknown): number | undefined {
  const number = toNumber(amount)
  return number === undefined
    ? undefined
    : (toCanonical(number, unitText(unit) ?? 'hr', 'min') ?? number * 60)
}

/** A night summed by the client; `asleep` is unspecified sleep, and before 6.6.2 the whole of it. */
function summedNight(common: Common, point: JsonObject): RawSample {
  const [asleep, core, deep, rem, awake, inBed] = ['asleep', 'core', 'deep', 'rem', 'awake', 'inBed'].map(
    (key) => minutesIn(point[key], common.unit),
  )
  const total =
    minutesIn(point.totalSleep, common.unit) ?? (asleep ?? 0) + (core ?? 0) + (deep ?? 0) + (rem ?? 0)
  return {
    ...common,
    names: { ...names, value: 'totalSleep', start: 'sleepStart', end: 'sleepEnd' },
    type: 'sleep_night',
    unit: undefined,
    start: point.sleepStart ?? point.inBedStart ?? point.date,
    end: point.sleepEnd ?? point.inBedEnd,
    value: total,
    source: namedSource(point.source ?? point.sleepSource),
    metadata: {
      unspecified_minutes: asleep,
      core_minutes: core,
      deep_minutes: deep,
      rem_minutes: rem,
      awake_minutes: awake,
      // The client writes 0 where nothing said anything of the time in bed.
      in_bed_minutes: inBed === 0 ? undefined : inBed,
    },
  }
}

function mindfulness(common: Common, point: JsonObject): RawSample {
  const minutes = toNumber(point.qty)
  const end = minutes === undefined ? undefined : later(point.date, minutes * 60_000)
  return { ...common, unit: undefined, value: 0, end: point.endDate ?? end }
}

function pressures(common: Common, point: JsonObject): RawSample[] {
  return (['systolic', 'diastolic'] as const).map((side) => ({
    ...common,
    names: { ...names, value: side },
    type: `blood_pressure_${side}`,
    value: point[side],
  }))
}

/** An hour stood, by name or as a count of such hours; HealthKit's code for one is 0. */
function standHour(common: Common, { value, qty }: JsonObject): RawSample {
  const isIdle = value === 'Idle' || toNumber(qty) === 0
  return { ...common, unit: undefined, value: isIdle ? 1 : 0 }
}

const pointFields = new Set(['date', 'endDate', 'source', 'units'])

/** An event: what the row says besides when and where tells its kind (`Complete`, counts of protection used). */
function event(common: Common, point: JsonObject): RawSample {
  const said = Object.entries(point).filter(([key]) => !pointFields.has(key) && key !== 'value')
  const metadata = { ...Object.fromEntries(said), detail: point.value }
  return { ...common, unit: undefined, value: 0, metadata }
}

function quantity(common: Common, point: JsonObject, byDay: boolean): RawSample {
  const mean = point.Avg ?? point.avg
  if (isTold(mean)) {
    const [min, max] = [point.Min ?? point.min, point.Max ?? point.max]
    return { ...common, names: { ...names, value: 'Avg' }, value: mean, min, max }
  }
  const detail = point.mealTime ?? point.reason
  const sample = { ...common, value: point.qty, ...(isTold(detail) && { metadata: { detail } }) }
  // Where the shortest civil day ends: which day it is, and how long, shows once its zone is settled.
  const end = byDay ? later(point.date, shortestDayMs) : undefined
  return end === undefined ? sample : { ...sample, end, extent: 'bucket' }
}

/** A row over more than a day is kept as it is, under a type of its own: it tells of no single day. */
function periodRow(common: Common, point: JsonObject, { metric, name, period }: MetricLayout): RawSample {
  const value = point.qty ?? point.Avg ?? point.avg ?? point.totalSleep
  const { date: _, source: __, ...metadata } = point
  return { ...common, type: `${metric?.name ?? name}_by_${period}`, value, metadata }
}

/** The samples of one row of a metric: one, or two for blood pressure. */
export function metricSamples(layout: MetricLayout, point: JsonObject, path: string): RawSample[] {
  const common: Common = {
    path,
    names,
    type: layout.name,
    unit: layout.units ?? point.units,
    start: point.date ?? point.startDate,
    end: point.endDate,
    source: namedSource(point.source),
    // The export has no flag for it; what the Health app itself is the source of, a person typed in.
    userEntered: point.source === 'Health',
    percent: 'hundred',
  }
  const isSegment = isTold(point.startDate) || isTold(point.endDate)
  const isEvent = layout.metric?.kind === 'category' && layout.metric.name !== 'sleep_analysis'
  if (layout.period && !isSegment && !isEvent && isMidnight(point.date))
    return [periodRow(common, point, layout)]
  switch (layout.metric?.name) {
    case 'sleep_analysis':
      return [isSegment ? sleepSegment(common, point) : summedNight(common, point)]
    case 'blood_pressure':
      return pressures(common, point)
    case 'mindful_session':
      return [mindfulness(common, point)]
    case 'apple_stand_hour':
      return [standHour(common, point)]
    case 'handwashing_event':
    case 'toothbrushing_event':
    case 'sexual_activity':
      return [event(common, point)]
    default:
      return [quantity(common, point, layout.byDay)]
  }
}
