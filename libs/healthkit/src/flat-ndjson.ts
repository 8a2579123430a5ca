import type { ReadContext } from './context.ts'
import { firstObject, isObject, join, type JsonObject, listOr, objectOr, textOrNull } from './json.ts'
import { toNumber } from './quantity.ts'
import { type FieldNames, type RawSample, type Reading, rejection, type Shape } from './reading.ts'
import { productOf } from './source.ts'
import { toSample } from './to-sample.ts'
import { toTombstone } from './tombstone.ts'
import { workoutStatistic } from './workout-statistics.ts'

const names: FieldNames = {
  type: 'type',
  value: 'value',
  unit: 'quantity.unit',
  start: 'startDate',
  end: 'endDate',
}

/** Records of the client's own run: they tell how complete a batch is and hold nothing that was measured. */
const runRecords = new Set<unknown>([
  'manifest',
  'typeSummary',
  'typeError',
  'typeCoverage',
  'completion',
  'workoutRouteEnd',
])

function isLine(root: unknown): boolean {
  if (!isObject(root) || typeof root.kind !== 'string') return false
  return root.schemaVersion !== undefined || (typeof root.type === 'string' && root.startDate !== undefined)
}

/** Out of `{type, value}`, in which the client says what kind of value it holds; a quantity has its description alone. */
function untagged(tagged: unknown, depth = 0): unknown {
  if (!isObject(tagged)) return tagged
  const value = tagged.value ?? tagged.description
  return Array.isArray(value) && depth < 3
    ? value.slice(0, 64).map((item) => untagged(item, depth + 1))
    : value
}

function untaggedMetadata(metadata: unknown): JsonObject {
  const entries = Object.entries(objectOr(metadata)).slice(0, 64)
  return Object.fromEntries(entries.map(([key, value]) => [key, untagged(value)]))
}

function workout(line: JsonObject, metadata: JsonObject): Pick<RawSample, 'type' | 'value' | 'metadata'> {
  const seconds = toNumber(line.duration)
  return {
    type: 'workout',
    value: seconds === undefined ? undefined : seconds / 60,
    metadata: {
      ...metadata,
      ...Object.assign(
        {},
        ...listOr(line.statistics)
          .slice(0, 64)
          .map((each) => workoutStatistic(objectOr(each))),
      ),
      activity: line.activityType,
    },
  }
}

function memberIds(members: unknown): unknown[] {
  return listOr(members)
    .slice(0, 64)
    .map((member) => (isObject(member) ? member.id : member))
}

function readLine(line: JsonObject, path: string): RawSample {
  const metadata = untaggedMetadata(line.metadata)
  const source = objectOr(line.source)
  const common = {
    path,
    names,
    type: line.type,
    uuid: line.id ?? line.uuid,
    start: line.startDate,
    end: line.endDate,
    source: {
      name: textOrNull(source.name),
      bundle_id: textOrNull(source.bundleIdentifier),
      product: textOrNull(source.productType) ?? productOf(line.device),
    },
    metadata,
    percent: 'fraction',
  } as const
  switch (line.kind) {
    case 'quantity': {
      const { value, unit } = objectOr(line.quantity)
      return { ...common, names: { ...names, value: 'quantity.value' }, value, unit }
    }
    case 'workout':
      return { ...common, ...workout(line, metadata), names: { ...names, value: 'duration' } }
    case 'correlation':
      return { ...common, metadata: { ...metadata, member_uuids: memberIds(line.members) } }
    default:
      return { ...common, type: line.type ?? line.kind, value: line.value }
  }
}

function* readOne(line: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (!isObject(line)) yield rejection(path, null, 'is not an object')
  else if (runRecords.has(line.kind)) return
  else if (line.kind === 'deletion') {
    yield toTombstone(line, context, path)
  } else if (line.kind === 'sampleEncodingError') {
    yield rejection(join(path, 'kind'), line.type, 'is a sample that the client could not write')
  } else yield toSample(readLine(line, path), context)
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (!Array.isArray(root)) yield* readOne(root, context, path)
  else for (const [index, line] of root.entries()) yield* readOne(line, context, `${path}[${index}]`)
}

/** Hozz: one flat record a line, or a list of them, each with its `kind`; deletions are records too. */
export const flatNdjson: Shape = {
  name: 'flat_ndjson',
  matches: (root) => (Array.isArray(root) ? isLine(firstObject(root)) : isLine(root)),
  read,
}
