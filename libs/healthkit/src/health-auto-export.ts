import type { ReadContext } from './context.ts'
import { bucketsOf } from './health-auto-export-buckets.ts'
import { metricSamples } from './health-auto-export-metrics.ts'
import { workoutSample } from './health-auto-export-workouts.ts'
import { isObject, join, type JsonObject, listOr, objectOr } from './json.ts'
import { type RawSample, type Reading, rejection, type Shape } from './reading.ts'
import { namedSource } from './source.ts'
import { toSample } from './to-sample.ts'

const otherNames = { type: 'type', value: 'value', unit: 'units', start: 'start', end: 'end' }

function* readMetrics(metrics: unknown, context: ReadContext, path: string): Generator<Reading> {
  const buckets = bucketsOf(listOr(metrics))
  for (const [index, metric] of listOr(metrics).entries()) {
    const at = `${path}[${index}]`
    if (!isObject(metric) || typeof metric.name !== 'string') {
      yield rejection(
        isObject(metric) ? join(at, 'name') : at,
        null,
        isObject(metric) ? 'is missing' : 'is not an object',
      )
      continue
    }
    if (metric.data !== undefined && metric.data !== null && !Array.isArray(metric.data)) {
      yield rejection(join(at, 'data'), metric.name, 'is not a list')
    }
    for (const [row, point] of listOr(metric.data).entries()) {
      const place = `${at}.data[${row}]`
      if (!isObject(point)) yield rejection(place, metric.name, 'is not an object')
      else
        for (const raw of metricSamples(metric, point, { path: place, bucket: buckets.get(metric) }))
          yield toSample(raw, context)
    }
  }
}

function* readWorkouts(workouts: unknown, context: ReadContext, path: string): Generator<Reading> {
  for (const [index, workout] of listOr(workouts).entries()) {
    const at = `${path}[${index}]`
    yield isObject(workout)
      ? toSample(workoutSample(workout, at), context)
      : rejection(at, 'workout', 'is not an object')
  }
}

/** State of mind, medications, symptoms, ECGs and the like: kept as their own types, without a value. */
function otherSample(type: string, item: JsonObject, path: string): RawSample {
  return {
    path,
    names: otherNames,
    type,
    uuid: item.id,
    start: item.start ?? item.date ?? item.scheduledDate,
    end: item.end,
    source: namedSource(item.source),
    userEntered: item.userEntered,
    percent: 'hundred',
  }
}

function* readOthers(data: JsonObject, context: ReadContext, path: string): Generator<Reading> {
  for (const [type, items] of Object.entries(data)) {
    if (type === 'metrics' || type === 'workouts') continue
    for (const [index, item] of listOr(items).entries()) {
      const at = join(path, `${type}[${index}]`)
      yield isObject(item)
        ? toSample(otherSample(type, item, at), context)
        : rejection(at, type, 'is not an object')
    }
  }
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  const body = objectOr(root)
  const data = objectOr(body.data)
  yield* readMetrics(data.metrics, context, join(path, 'data.metrics'))
  yield* readWorkouts(data.workouts, context, join(path, 'data.workouts'))
  // Payloads of 2021 have their workouts beside `data`.
  yield* readWorkouts(body.workouts, context, join(path, 'workouts'))
  yield* readOthers(data, context, join(path, 'data'))
}

const ownLists = [
  'metrics',
  'workouts',
  'stateOfMind',
  'medications',
  'symptoms',
  'cycleTracking',
  'ecg',
  'heartRateNotifications',
]

/** Health Auto Export's REST automation, every version from 2021 on. */
export const healthAutoExport: Shape = {
  name: 'health_auto_export',
  matches: (root) =>
    isObject(root) &&
    isObject(root.data) &&
    !('sdkVersion' in root) &&
    ownLists.some((list) => Array.isArray(objectOr(root.data)[list])),
  read,
}
