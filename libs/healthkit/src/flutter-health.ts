import type { ReadContext } from './context.ts'
import { readElements } from './elements.ts'
import { field, pointSamples } from './flutter-health-values.ts'
import { holds, isObject, isTold, join, type JsonObject, objectOr, textOrNull } from './json.ts'
import type { RawSample, Reading, Shape } from './reading.ts'
import { productOf } from './source.ts'
import { toSample } from './to-sample.ts'

/** What a version calls the parts of a point. */
function namesOf(point: JsonObject): RawSample['names'] {
  const isSnake = !isTold(point.dateFrom) && isTold(point.date_from)
  const typeNames = ['type', 'dataType', 'data_type', 'health_data_type']
  return {
    type: typeNames.find((name) => isTold(point[name])) ?? 'type',
    value: isObject(point.value) ? 'value.numericValue' : 'value',
    unit: 'unit',
    start: isSnake ? 'date_from' : 'dateFrom',
    end: isSnake ? 'date_to' : 'dateTo',
  }
}

function isManual(point: JsonObject): boolean {
  const method = field(point, 'recordingMethod')
  return method === 'manual' || method === 3 || field(point, 'isManualEntry') === true
}

function takeApart(item: JsonObject, path: string): RawSample[] {
  // Measurements of CARP wrap the point.
  const isWrapped = !isTold(item.dateFrom) && !isTold(item.date_from) && isPoint(item.data)
  const point = isWrapped ? objectOr(item.data) : item
  const names = namesOf(point)
  return pointSamples(point, point[names.type], {
    path: isWrapped ? join(path, 'data') : path,
    names,
    uuid: point.uuid,
    unit: point.unit,
    start: point[names.start],
    end: point[names.end],
    source: {
      name: textOrNull(field(point, 'sourceName')),
      bundle_id: textOrNull(field(point, 'sourceId')),
      product: textOrNull(field(point, 'deviceModel')) ?? productOf(point.device),
    },
    ...(isManual(point) && { userEntered: true }),
    metadata: point.metadata,
    percent: 'fraction',
    // The plugin writes the phone's local time without an offset.
    clock: 'phone',
  })
}

function isPoint(item: unknown): boolean {
  if (!isObject(item)) return false
  const hasDate = typeof item.dateFrom === 'string' || typeof item.date_from === 'string'
  return hasDate && typeof item[namesOf(item).type] === 'string'
}

const deepestWrapper = 2

function* listsOf(root: unknown, path: string, depth = 0): Generator<[string, readonly unknown[]]> {
  if (Array.isArray(root)) yield [path, root as unknown[]]
  else if (isObject(root) && depth <= deepestWrapper)
    for (const [name, inner] of Object.entries(root)) yield* listsOf(inner, join(path, name), depth + 1)
}

function isElement(item: JsonObject): boolean {
  return isPoint(item) || isPoint(item.data)
}

function holdsPoints(root: unknown): boolean {
  for (const [, items] of listsOf(root, '')) if (holds(items, isElement)) return true
  return false
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (isObject(root) && isElement(root)) {
    for (const raw of takeApart(root, path)) yield toSample(raw, context)
    return
  }
  for (const [at, items] of listsOf(root, path)) {
    // Lists beside that of the points are the app's own.
    if (at === path || holds(items, isElement)) yield* readElements(items, { path: at, context }, takeApart)
  }
}

/** The Flutter plugin `health` in any version, its forks, and CARP's measurements made of it. */
export const flutterHealth: Shape = {
  name: 'flutter_health',
  matches: (root) => (isObject(root) && isElement(root)) || holdsPoints(root),
  read,
}
