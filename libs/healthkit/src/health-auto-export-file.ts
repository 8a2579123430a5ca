import type { ReadContext } from './context.ts'
import { readElements } from './elements.ts'
import {
  firstObject,
  holds,
  isObject,
  isTold,
  join,
  type JsonObject,
  listOr,
  objectOr,
  textOrNull,
} from './json.ts'
import { toNumber } from './quantity.ts'
import type { FieldNames, RawSample, Reading, Shape } from './reading.ts'
import { metricNamed } from './type-names.ts'
import { toSample } from './to-sample.ts'

const names: FieldNames = { type: 'metric', value: 'qty', unit: 'unit', start: 'start', end: 'end' }
/** Seconds from 1970 to 2001, where Apple's epoch begins. */
const appleEpochSeconds = 978_307_200
const stages = ['inBed', 'asleep', 'awake', 'core', 'deep', 'rem'] as const

/** Seconds since 1970 of a number since 2001; anything else as it is. */
function fromAppleEpoch(date: unknown): unknown {
  return typeof date === 'number' ? date + appleEpochSeconds : date
}

function sourceOf(item: JsonObject): RawSample['source'] {
  const source = objectOr(firstObject(item.sources) ?? item.source)
  return {
    name: textOrNull(source.name) ?? textOrNull(item.source),
    bundle_id: textOrNull(source.identifier),
    product: null,
  }
}

function commonOf(item: JsonObject, path: string): Omit<RawSample, 'type'> {
  return {
    path,
    names,
    uuid: item.id,
    start: fromAppleEpoch(item.start ?? item.date),
    end: fromAppleEpoch(item.end),
    source: sourceOf(item),
    metadata: item.meta,
    percent: 'hundred',
  }
}

/** A segment of sleep has its hours under the name of its stage. */
function stageOf(item: JsonObject): unknown {
  return item.value ?? stages.find((stage) => (toNumber(item[stage]) ?? 0) > 0)
}

/** Energy stands twice in a file, in kJ and, rounded otherwise, in kcal: one sample, of which kcal is the later version. */
function energyKey(item: JsonObject, type: string): RawSample['sync'] {
  const { id, start, end, unit } = item
  const isEnergy = metricNamed(type)?.unit === 'kcal'
  if (!isEnergy || isTold(id) || !isNumber(start) || !isNumber(end)) return undefined
  return { id: `${start}/${end}`, version: unit === 'kcal' ? 1 : 0 }
}

function takeApart(item: JsonObject, { path, metric }: { path: string; metric: unknown }): RawSample {
  const common = commonOf(item, path)
  const type = item.metric ?? metric
  if (typeof type === 'string' && metricNamed(type)?.name === 'sleep_analysis')
    return { ...common, names: { ...names, value: 'value' }, type, value: stageOf(item) }
  const sync = typeof type === 'string' ? energyKey(item, type) : undefined
  const isMean = !isTold(item.qty) && isTold(item.avg)
  return {
    ...common,
    ...(isMean && { names: { ...names, value: 'avg' }, min: item.min, max: item.max }),
    ...(sync && { sync }),
    type,
    value: isMean ? item.avg : item.qty,
    unit: item.unit,
  }
}

/** A workout's file. Its numbers follow the person's units, which the file does not tell, and keep their own names. */
function workout(item: JsonObject, path: string): RawSample {
  const seconds = toNumber(item.duration)
  const { name, activeEnergy, totalDistance, location } = item
  return {
    ...commonOf(item, path),
    names: { ...names, value: 'duration' },
    type: 'workout',
    value: seconds === undefined ? undefined : seconds / 60,
    metadata: {
      activity: name,
      active_energy: activeEnergy,
      total_distance: totalDistance,
      location,
    },
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isWorkout(root: unknown): root is JsonObject {
  if (!isObject(root)) return false
  const { name, start, end, duration } = root
  return [start, end, duration].every(isNumber) && typeof name === 'string'
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (isWorkout(root)) {
    yield toSample(workout(root, path), context)
    return
  }
  const { metric, data } = objectOr(root)
  const type = typeof metric === 'string' ? metric.slice(0, 200) : null
  yield* readElements(listOr(data), { path: join(path, 'data'), type, context }, (item, where) => [
    takeApart(item, { path: where, metric }),
  ])
}

/** A file that Health Auto Export syncs, once it is decompressed: seconds since 2001, one metric and day or one workout. */
export const healthAutoExportFile: Shape = {
  name: 'health_auto_export_file',
  matches: (root) => {
    if (!isObject(root) || typeof root.metric !== 'string') return isWorkout(root)
    return (
      Array.isArray(root.data) && (isNumber(root.date) || holds(root.data, (item) => isNumber(item.start)))
    )
  },
  read,
}
