import { metricFor, toCanonical } from '@clarity/health-data'
import { isObject, type JsonObject, listOr, objectOr, textOrNull } from './json.ts'
import { toNumber } from './quantity.ts'
import { impliedUnit, type TypeName, typeNamed } from './react-native-health-types.ts'
import type { FieldNames, RawSample } from './reading.ts'
import { revisionSource } from './source.ts'

const names: FieldNames = { type: 'type', value: 'value', unit: 'unit', start: 'startDate', end: 'endDate' }
const mostSources = 8

/** What is told of an element by its wrapper. */
export interface ElementPlace {
  readonly path: string
  readonly name: TypeName | undefined
  readonly unit: unknown
}

/** Sums over several sources name each with its share; joined by `|`, as other exports join them. */
function bucketSource(shares: readonly unknown[]): RawSample['source'] {
  const sources = shares.slice(0, mostSources).filter(isObject)
  const [only, second] = sources
  const joined = sources.map(({ sourceName }) => textOrNull(sourceName) ?? '').join('|')
  return {
    name: textOrNull(joined),
    bundle_id: second === undefined ? textOrNull(only?.sourceId) : null,
    product: null,
  }
}

function sourceOf(item: JsonObject): RawSample['source'] {
  if (Array.isArray(item.metadata)) return bucketSource(item.metadata as unknown[])
  if (isObject(item.sourceRevision)) return revisionSource(item.sourceRevision, item.device)
  return {
    name: textOrNull(item.sourceName),
    bundle_id: textOrNull(item.sourceId),
    product: textOrNull(item.device),
  }
}

type Common = Omit<RawSample, 'type' | 'value'>

function commonOf(item: JsonObject, path: string): Common {
  const field = item.startDate === undefined && item.start !== undefined ? '' : 'Date'
  return {
    path,
    names: { ...names, start: `start${field}`, end: `end${field}` },
    uuid: item.id ?? item.uuid,
    start: item[`start${field}`],
    end: item[`end${field}`],
    source: sourceOf(item),
    // `tracked` is false for what a person typed in.
    ...(item.tracked === false && { userEntered: true }),
    metadata: isObject(item.metadata) ? item.metadata : undefined,
    percent: 'fraction',
  }
}

function bloodPressure(item: JsonObject, common: Common): RawSample[] {
  return (['Systolic', 'Diastolic'] as const).map((side) => {
    const field = `bloodPressure${side}Value`
    return {
      ...common,
      names: { ...common.names, value: field },
      // One id would name two samples.
      uuid: undefined,
      type: `blood_pressure_${side.toLowerCase()}`,
      value: item[field],
    }
  })
}

function workout(item: JsonObject, common: Common): RawSample {
  const [seconds, miles] = [toNumber(item.duration), toNumber(item.distance)]
  const metadata = {
    ...objectOr(item.metadata),
    activity: item.activityName ?? item.activityId,
    energy_kcal: toNumber(item.calories),
    distance_m: miles === undefined ? undefined : toCanonical(miles, 'mi', 'm'),
  }
  const value = seconds === undefined ? undefined : seconds / 60
  return { ...common, names: { ...common.names, value: 'duration' }, type: 'workout', value, metadata }
}

function heartbeats(item: JsonObject, common: Common): RawSample {
  return { ...common, type: 'heartbeat_series', value: listOr(item.heartbeatSeries).length }
}

function electrocardiogram(item: JsonObject, common: Common): RawSample {
  const metadata = {
    ...objectOr(item.metadata),
    classification: item.classification,
    heart_rate_mean: item.averageHeartRate,
    sampling_frequency_hz: item.samplingFrequency,
  }
  return { ...common, type: 'HKDataTypeIdentifierElectrocardiogram', metadata }
}

/** Sums name no single source and have no id: HealthKit merged them, and each counts as it is. */
function isBucket(item: JsonObject, type: unknown): boolean {
  if (typeof type !== 'string' || metricFor(type)?.kind !== 'cumulative') return false
  const isAnonymous = item.sourceId === undefined && item.sourceName === undefined
  return Array.isArray(item.metadata) || ((item.id ?? item.uuid) === undefined && isAnonymous)
}

interface Typed {
  readonly type: string | undefined
  readonly unit: unknown
}

function quantity(item: JsonObject, common: Common, { type, unit }: Typed): RawSample {
  const field = ['value', 'quantity', 'distance'].find((key) => item[key] !== undefined) ?? 'value'
  const metric = type === undefined ? undefined : metricFor(type)
  const implied = field === 'distance' ? 'mi' : metric && impliedUnit(metric.name, item[field])
  return {
    ...common,
    names: { ...common.names, value: field },
    type,
    // Of a session only its time is measured.
    value: metric?.name === 'mindful_session' ? 0 : item[field],
    unit: item.unit ?? unit,
    ...(implied !== undefined && { impliedUnit: implied }),
    ...(isBucket(item, type) && item.sourceRevision === undefined && { extent: 'bucket' }),
  }
}

/** The samples of one element: what it holds decides, then its own type, then its wrapper's. */
export function elementSamples(item: JsonObject, place: ElementPlace): RawSample[] {
  const common = commonOf(item, place.path)
  if (item.bloodPressureSystolicValue !== undefined || item.bloodPressureDiastolicValue !== undefined)
    return bloodPressure(item, common)
  if (item.heartbeatSeries !== undefined) return [heartbeats(item, common)]
  if (item.voltageMeasurements !== undefined) return [electrocardiogram(item, common)]
  const type = typeof item.type === 'string' ? typeNamed(item.type).type : place.name?.type
  const isWorkout = item.activityName !== undefined || item.activityId !== undefined
  if (isWorkout || type === 'workout') return [workout(item, common)]
  return [quantity(item, common, { type, unit: place.unit })]
}
