import type { ReadContext } from './context.ts'
import { readElements } from './elements.ts'
import { isObject, join, type JsonObject, listOr, objectOr, textOrNull } from './json.ts'
import { toNumber } from './quantity.ts'
import { type FieldNames, type RawSample, type Reading, rejection, type Shape } from './reading.ts'
import { productOf } from './source.ts'
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

/** A figure of a workout, beside its dates or in the object that some clients send as its value. */
function figure(item: JsonObject, name: string): unknown {
  return item[name] ?? objectOr(item.value)[name]
}

function workout(item: JsonObject, common: RawSample): RawSample {
  const seconds = toNumber(figure(item, 'duration'))
  const metadata = {
    ...objectOr(item.metadata),
    activity: figure(item, 'workout_activity_type'),
    energy_kcal: figure(item, 'total_energy_burned'),
    distance_m: figure(item, 'total_distance'),
  }
  return { ...common, type: 'workout', value: seconds === undefined ? undefined : seconds / 60, metadata }
}

/** A correlation, and its members where it holds them itself: as samples, or blood pressure as an object of both sides. */
function correlation(item: JsonObject, common: RawSample): RawSample[] {
  const { path } = common
  const metadata = { ...objectOr(item.metadata), member_uuids: item.member_uuids }
  const own = { ...common, type: item.identifier ?? item.type, value: undefined, metadata }
  const sides = (['systolic', 'diastolic'] as const).flatMap((side): RawSample[] => {
    const value = objectOr(item.value)[side]
    if (value === undefined || value === null) return []
    const at = { path: join(path, 'value'), names: { ...names, value: side }, uuid: undefined }
    return [{ ...common, ...at, type: `blood_pressure_${side}`, value, metadata: item.metadata }]
  })
  const members = listOr(item.objects ?? item.samples).flatMap((member, index) =>
    isObject(member) ? readItem(member, 'quantity_samples', join(path, `objects[${index}]`)) : [],
  )
  return [own, ...sides, ...members]
}

function readItem(item: JsonObject, list: (typeof lists)[number], path: string): RawSample[] {
  const sample: RawSample = {
    path,
    names,
    type: item.identifier ?? item.type_identifier ?? item.type,
    uuid: item.uuid ?? item.id,
    value: item.value,
    unit: item.unit,
    start: item.start_date ?? item.startDate,
    end: item.end_date ?? item.endDate,
    source: sourceOf(item),
    metadata: item.metadata,
    percent: 'fraction',
  }
  if (list === 'workouts') return [workout(item, sample)]
  return list === 'correlation_samples' ? correlation(item, sample) : [sample]
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (!isObject(root)) return
  for (const list of lists) {
    const items = root[list]
    if (items !== undefined && items !== null && !Array.isArray(items)) {
      yield rejection(join(path, list), null, 'is not a list')
      continue
    }
    const place = { path: join(path, list), context }
    yield* readElements(listOr(items), place, (item, at) => readItem(item, list, at))
  }
  for (const list of deletions) {
    for (const [index, item] of listOr(root[list]).entries()) {
      yield toTombstone(item, context, join(path, `${list}[${index}]`))
    }
  }
}

const rowLists: readonly string[] = ['quantity_samples', 'category_samples']

/** The plain HealthKit envelope: lists of quantity, category, workout and correlation samples in snake case. */
export const rawEnvelope: Shape = {
  name: 'raw_envelope',
  matches: (root) =>
    isObject(root) &&
    (Array.isArray(root.quantity_samples) ||
      Array.isArray(root.category_samples) ||
      Array.isArray(root.correlation_samples) ||
      (Array.isArray(root.workouts) && isObject(root.upload_metadata))),
  rows: {
    takeApart: (list) =>
      rowLists.includes(list) ? (item, path) => readItem(item, 'quantity_samples', path) : undefined,
    members: { uuid: 'uuid', value: 'value', start: 'start_date', end: 'end_date' },
  },
  read,
}
