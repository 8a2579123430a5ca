import { formatInstant } from '@clarity/health-data'
import type { ReadContext } from './context.ts'
import { readElements } from './elements.ts'
import { holds, isObject, isTold, join, type JsonObject, objectOr, textOrNull } from './json.ts'
import { isSdkWorkout, workoutFigures } from './open-wearables-workouts.ts'
import { parseDate } from './parse-date.ts'
import { type FieldNames, type RawSample, type Reading, rejection, type Shape } from './reading.ts'
import { describedField } from './source.ts'

const names: FieldNames = { type: 'type', value: 'value', unit: 'unit', start: 'startDate', end: 'endDate' }
const ownLists = new Set(['records', 'sleep', 'workouts'])
const productType = /^[A-Za-z]+\d+,\d+$/
/** HealthKit's description of a device has its address in the phone's memory, which is another every time. */
const description = /^<{0,2}HKDevice: 0x/
const longestDescription = 1000

/** A text of the source, or a field of it where it is a whole description. */
function deviceText(value: unknown, field: 'name' | 'hardware'): string | null {
  if (typeof value !== 'string' || !description.test(value)) return textOrNull(value)
  return textOrNull(describedField(value.slice(0, longestDescription), field))
}

function productOf(source: JsonObject): string | null {
  const { productType: type, deviceModel, deviceHardwareVersion, deviceType } = source
  const told = [type, deviceModel, deviceHardwareVersion].map((text) => deviceText(text, 'hardware'))
  return (
    told.find((text) => text !== null && productType.test(text)) ?? textOrNull(deviceType) ?? told[1] ?? null
  )
}

function sourceOf(source: unknown): RawSample['source'] {
  if (!isObject(source))
    return { name: deviceText(source, 'name'), bundle_id: null, product: describedProduct(source) }
  return {
    name: deviceText(source.deviceName, 'name') ?? deviceText(source.name, 'name'),
    bundle_id: textOrNull(source.appId) ?? textOrNull(source.bundleIdentifier),
    product: productOf(source) ?? describedProduct(source.deviceName),
  }
}

function describedProduct(value: unknown): string | null {
  return typeof value === 'string' && description.test(value) ? deviceText(value, 'hardware') : null
}

/** Metadata as an object, also where older SDKs send it as a list of `{key, value}`. */
function metadataOf(item: JsonObject): JsonObject {
  const sent = item.metadata ?? item.recordMetadata
  if (!Array.isArray(sent)) return objectOr(sent)
  const pairs = (sent as unknown[]).slice(0, 200).filter(isObject)
  return Object.fromEntries(
    pairs.flatMap(({ key, value }) => (typeof key === 'string' && key.length <= 200 ? [[key, value]] : [])),
  )
}

/** The date with the record's own offset written out, where it sends one beside a date in UTC. */
function withOffset(date: unknown, zoneOffset: unknown): unknown {
  if (typeof zoneOffset !== 'string' || !/^[+-]\d{2}:\d{2}$/.test(zoneOffset)) return date
  const [instant, shown] = [parseDate(date), parseDate(`1970-01-01T00:00:00${zoneOffset}`)]
  if (!instant?.isUtc || !shown?.offset) return date
  return formatInstant(instant.wallTime + shown.offset).replace('Z', zoneOffset)
}

function commonOf(item: JsonObject, path: string): Omit<RawSample, 'type'> {
  const method = objectOr(item.source).recordingMethod
  return {
    path,
    names,
    uuid: item.id ?? item.uuid,
    start: withOffset(item.startDate, item.zoneOffset),
    end: item.endDate,
    source: sourceOf(item.source),
    ...(typeof method === 'string' && method.toLowerCase() === 'manual' && { userEntered: true }),
    metadata: metadataOf(item),
    // Oxygen saturation alone is 0..100 here, and is recognised by its magnitude.
    percent: 'fraction',
  }
}

function readRecord(item: JsonObject, path: string): RawSample[] {
  return [{ ...commonOf(item, path), type: item.type, value: item.value, unit: item.unit }]
}

function readSleep(item: JsonObject, path: string): RawSample[] {
  const field = isTold(item.stage) ? 'stage' : 'value'
  const common = commonOf(item, path)
  return [{ ...common, names: { ...names, value: field }, type: 'sleep_analysis', value: item[field] }]
}

function readWorkout(item: JsonObject, { path, body }: { path: string; body: JsonObject }): RawSample[] {
  const common = commonOf(item, path)
  const durationUnit = body.provider === 'samsung' ? 'ms' : 's'
  const { minutes, metadata } = workoutFigures(item.values ?? item.workoutStatistics, durationUnit)
  const own = objectOr(common.metadata)
  return [
    { ...common, type: 'workout', value: minutes, metadata: { ...own, activity: item.type, ...metadata } },
  ]
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  const body = objectOr(root)
  for (const [list, items] of Object.entries(objectOr(body.data))) {
    const at = join(path, `data.${list}`)
    if (!Array.isArray(items)) {
      if (ownLists.has(list) && items !== null) yield rejection(at, null, 'is not a list')
      continue
    }
    const place = { path: at, context }
    if (list === 'sleep') yield* readElements(items, { ...place, type: 'sleep_analysis' }, readSleep)
    else if (list === 'workouts')
      yield* readElements(items, { ...place, type: 'workout' }, (item, where) =>
        readWorkout(item, { path: where, body }),
      )
    else yield* readElements(items, place, readRecord)
  }
}

const recordList = /^data\.(?!sleep$|workouts$)[^.]+$/

/** Chunks of the Open Wearables SDK, and what its older versions sent. */
export const openWearables: Shape = {
  name: 'open_wearables',
  matches: (root) => {
    if (!isObject(root) || !isObject(root.data)) return false
    const { records, sleep, workouts, metrics } = root.data
    if (Array.isArray(metrics)) return false
    const hasLists = Array.isArray(records) || Array.isArray(sleep)
    const isNamed = 'sdkVersion' in root || 'syncTimestamp' in root
    return hasLists || (Array.isArray(workouts) && (isNamed || holds(workouts, isSdkWorkout)))
  },
  rows: {
    takeApart: (list) => (recordList.test(list) ? readRecord : undefined),
    members: { uuid: 'id', value: 'value', start: 'startDate', end: 'endDate' },
  },
  read,
}
