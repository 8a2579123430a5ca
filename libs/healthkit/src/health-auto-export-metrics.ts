import { formatInstant } from '@clarity/health-data'
import type { Bucket } from './health-auto-export-buckets.ts'
import { type JsonObject } from './json.ts'
import { parseDate } from './parse-date.ts'
import { toNumber } from './quantity.ts'
import type { FieldNames, RawSample } from './reading.ts'
import { namedSource } from './source.ts'

const names: FieldNames = { type: 'name', value: 'qty', unit: 'units', start: 'date', end: 'endDate' }

interface Place {
  readonly path: string
  readonly bucket: Bucket | undefined
}

type Common = Pick<
  RawSample,
  'path' | 'names' | 'unit' | 'start' | 'source' | 'percent' | 'type' | 'userEntered'
>

const dayMs = 24 * 3_600_000
const shortestDayMs = 23 * 3_600_000

/** That long after a date, as the client would write it. */
function later(date: unknown, milliseconds: number): number | string | undefined {
  const written = parseDate(date)
  if (!written) return undefined
  const { wallTime, offset, isUtc } = written
  if (offset === null && !isUtc) return formatInstant(wallTime + milliseconds).replace('Z', '')
  return wallTime - (offset ?? 0) + milliseconds
}

/** The end of a bucket. A day's is put where the shortest civil day ends, so that no DST change moves any of its sum. */
function bucketEnd(date: unknown, bucket: Bucket): number | string | undefined {
  return later(date, bucket === dayMs ? shortestDayMs : bucket)
}

function sleepSegment(common: Common, point: JsonObject): RawSample {
  return {
    ...common,
    names: { ...names, value: 'value', start: 'startDate' },
    unit: undefined,
    start: point.startDate,
    end: point.endDate,
    value: point.value,
  }
}

function minutesOfHours(hours: unknown): number | undefined {
  const number = toNumber(hours)
  return number === undefined ? undefined : number * 60
}

/** A night summed by the client, in hours; `asleep` is unspecified sleep, and before 6.6.2 the whole of it. */
function summedNight(common: Common, point: JsonObject): RawSample {
  const [asleep, core, deep, rem, awake, inBed] = ['asleep', 'core', 'deep', 'rem', 'awake', 'inBed'].map(
    (key) => minutesOfHours(point[key]),
  )
  const total = minutesOfHours(point.totalSleep) ?? (asleep ?? 0) + (core ?? 0) + (deep ?? 0) + (rem ?? 0)
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
  return { ...common, unit: undefined, value: 0, end }
}

/** The samples of one row of a metric: one, or two for blood pressure. */
export function metricSamples(metric: JsonObject, point: JsonObject, { path, bucket }: Place): RawSample[] {
  const common: Common = {
    path,
    names,
    type: metric.name,
    unit: metric.units ?? point.units,
    start: point.date,
    source: namedSource(point.source),
    // The export has no flag for it; what the Health app itself is the source of, a person typed in.
    userEntered: point.source === 'Health',
    percent: 'hundred',
  }
  switch (metric.name) {
    case 'sleep_analysis':
      return [point.startDate === undefined ? summedNight(common, point) : sleepSegment(common, point)]
    case 'blood_pressure':
      return (['systolic', 'diastolic'] as const).map((side) => ({
        ...common,
        names: { ...names, value: side },
        type: `blood_pressure_${side}`,
        value: point[side],
      }))
    case 'mindful_minutes':
      return [mindfulness(common, point)]
    case 'apple_stand_hour':
      // Counts hours stood; HealthKit's code for an hour stood is 0.
      return [{ ...common, unit: undefined, value: toNumber(point.qty) === 0 ? 1 : 0 }]
    case 'handwashing':
    case 'toothbrushing':
    case 'sexual_activity':
      return [{ ...common, unit: undefined, value: 0, metadata: { detail: point.value } }]
  }
  if (point.Avg !== undefined) {
    return [
      { ...common, names: { ...names, value: 'Avg' }, value: point.Avg, min: point.Min, max: point.Max },
    ]
  }
  const detail = point.mealTime ?? point.reason
  const sample = { ...common, value: point.qty, ...(detail !== undefined && { metadata: { detail } }) }
  const end = bucket === undefined ? undefined : bucketEnd(point.date, bucket)
  return [end === undefined ? sample : { ...sample, end, extent: 'bucket' }]
}
