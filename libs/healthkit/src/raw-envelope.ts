import type { ReadContext } from './context.ts'
import { isObject, join, type JsonObject, listOr, textOrNull } from './json.ts'
import { type FieldNames, type RawSample, type Reading, rejection, type Shape } from './reading.ts'
import { productOf } from './source.ts'
import { toSample } from './to-sample.ts'
import { toTombstone } from './tombstone.ts'

const lists = ['quantity_samples', 'category_samples', 'workouts', 'correlation_samples'] as const
const deletions = ['deleted_samples', 'deleted_records', 'deleted_objects'] as const
const names: FieldNames = {
  type: 'identifier',
  value: 'value',
  unit: 'unit',
  start: 'start_date',
  end: 'end_date',
}

function sourceOf(item: JsonObject): RawSample['source'] {
  const source = isObject(item.source) ? item.source : {}
  return {
    name: textOrNull(item.source_name) ?? textOrNull(item.source) ?? textOrNull(source.name),
    bundle_id:
      textOrNull(source.bundle_identifier) ??
      textOrNull(source.bundleIdentifier) ??
      textOrNull(source.bundle_id),
    product: productOf(item.device),
  }
}

function workoutMetadata(item: JsonObject): JsonObject {
  return {
    ...(isObject(item.metadata) ? item.metadata : {}),
    activity: item.workout_activity_type,
    energy_kcal: item.total_energy_burned,
    distance_m: item.total_distance,
  }
}

function readItem(item: unknown, list: (typeof lists)[number], path: string): RawSample | undefined {
  if (!isObject(item)) return undefined
  const common = {
    path,
    names,
    uuid: item.uuid ?? item.id,
    start: item.start_date ?? item.startDate,
    end: item.end_date ?? item.endDate,
    unit: item.unit,
    source: sourceOf(item),
    percent: 'fraction',
  } as const
  if (list === 'workouts') {
    const minutes = typeof item.duration === 'number' ? item.duration / 60 : undefined
    return { ...common, type: 'workout', value: minutes, metadata: workoutMetadata(item) }
  }
  if (list === 'correlation_samples') {
    const members = { member_uuids: item.member_uuids }
    const metadata = { ...(isObject(item.metadata) ? item.metadata : {}), ...members }
    return { ...common, type: item.identifier ?? item.type, metadata }
  }
  const type = item.identifier ?? item.type_identifier ?? item.type
  return { ...common, type, value: item.value, metadata: item.metadata }
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (!isObject(root)) return
  for (const list of lists) {
    const items = root[list]
    if (items !== undefined && items !== null && !Array.isArray(items)) {
      yield rejection(join(path, list), null, 'is not a list')
      continue
    }
    for (const [index, item] of listOr(items).entries()) {
      const at = join(path, `${list}[${index}]`)
      const raw = readItem(item, list, at)
      yield raw ? toSample(raw, context) : rejection(at, null, 'is not an object')
    }
  }
  for (const list of deletions) {
    for (const [index, item] of listOr(root[list]).entries()) {
      yield toTombstone(item, context, join(path, `${list}[${index}]`))
    }
  }
}

/** The plain HealthKit envelope: lists of quantity, category, workout and correlation samples in snake case. */
export const rawEnvelope: Shape = {
  name: 'raw_envelope',
  matches: (root) =>
    isObject(root) &&
    (Array.isArray(root.quantity_samples) ||
      Array.isArray(root.category_samples) ||
      Array.isArray(root.correlation_samples) ||
      (Array.isArray(root.workouts) && isObject(root.upload_metadata))),
  read,
}
