import type { ReadContext } from './context.ts'
import { layoutOf, metricSamples, sharedPeriod } from './health-auto-export-metrics.ts'
import { workoutSample } from './health-auto-export-workouts.ts'
import { holds, isObject, join, type JsonObject, listOr, objectOr } from './json.ts'
import { type RawSample, type Reading, rejection, type Shape } from './reading.ts'
import { namedSource } from './source.ts'
import { toSample } from './to-sample.ts'
import { toTombstone } from './tombstone.ts'

const otherNames = { type: 'type', value: 'value', unit: 'units', start: 'start', end: 'end' }

function* readMetrics(metrics: unknown, context: ReadContext, path: string): Generator<Reading> {
  const period = sharedPeriod(metrics)
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
    const layout = layoutOf(metric, period)
    for (const [row, point] of listOr(metric.data).entries()) {
      const place = `${at}.data[${row}]`
      if (!isObject(point)) yield rejection(place, metric.name, 'is not an object')
      else for (const raw of metricSamples(layout, point, place)) yield toSample(raw, context)
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

const otherFields = new Set([
  'id',
  'start',
  'start_date',
  'end',
  'end_date',
  'date',
  'date_issued',
  'source',
  'userEntered',
])

/**
 * State of mind, medications, symptoms, ECGs and the like: kept as types of their own, with what is small of what they
 * say. A medication that was not taken has a scheduled date alone.
 */
function otherSample(type: string, item: JsonObject, path: string): RawSample {
  const said = Object.entries(item).filter(([key]) => !otherFields.has(key))
  return {
    path,
    names: otherNames,
    type,
    uuid: item.id,
    start: item.start ?? item.date ?? item.start_date ?? item.date_issued ?? item.scheduledDate,
    end: item.end ?? item.end_date,
    value: item.valence,
    source: namedSource(item.source),
    userEntered: item.userEntered,
    metadata: Object.fromEntries(said),
    percent: 'hundred',
  }
}

/** HealthKit's own category samples, sleep among them, as FreeReps and apps made from it add them to this form. */
function categorySample(item: JsonObject, path: string): RawSample {
  return {
    path,
    names: { ...otherNames, start: 'start_date', end: 'end_date' },
    type: item.type,
    uuid: item.id,
    start: item.start_date,
    end: item.end_date,
    value: item.value,
    source: namedSource(item.source),
    percent: 'hundred',
  }
}

function* readOthers(data: JsonObject, context: ReadContext, path: string): Generator<Reading> {
  for (const [type, items] of Object.entries(data)) {
    if (type === 'metrics' || type === 'workouts') continue
    for (const [index, item] of listOr(items).entries()) {
      const at = join(path, `${type}[${index}]`)
      if (type === 'deletions') yield toTombstone(item, context, at)
      else if (!isObject(item)) yield rejection(at, type, 'is not an object')
      else if (type === 'category_samples') yield toSample(categorySample(item, at), context)
      else yield toSample(otherSample(type, item, at), context)
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

function isData(data: unknown): boolean {
  return ownLists.some((list) => Array.isArray(objectOr(data)[list]))
}

/** Payloads of 2021 may have their workouts before `data`. */
function isOwnWorkout({ name, start, end, activityName, activityId }: JsonObject): boolean {
  return (
    [name, start, end].every((text) => typeof text === 'string') && (activityName ?? activityId) === undefined
  )
}

function matches(root: unknown): boolean {
  if (!isObject(root) || 'sdkVersion' in root) return false
  if (!('data' in root)) return holds(root.workouts, isOwnWorkout)
  return isData(root.data) || (!Array.isArray(root.data) && Array.isArray(root.workouts))
}

/** Whether name or unit of the last metric may stand behind its rows. */
function isUntold(root: unknown): boolean {
  const metric = objectOr(listOr(objectOr(objectOr(root).data).metrics).at(-1))
  return Array.isArray(metric.data) && (typeof metric.name !== 'string' || metric.units === undefined)
}

/** Health Auto Export's REST automation, every version from 2021 on, and what other clients send in its form. */
export const healthAutoExport: Shape = {
  name: 'health_auto_export',
  matches,
  isUntold,
  read,
}
