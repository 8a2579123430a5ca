import type { ReadContext } from './context.ts'
import { holds, isObject, join, type JsonObject, objectOr } from './json.ts'
import { openQuantity, toNumber, unitText } from './quantity.ts'
import { type FieldNames, type RawSample, type Reading, rejection, type Shape } from './reading.ts'
import { revisionSource } from './source.ts'
import { toSample } from './to-sample.ts'
import { toTombstone } from './tombstone.ts'

const deletedList = 'deletedSamples'
const names: FieldNames = {
  type: 'sampleType.identifier',
  value: 'quantity',
  unit: 'unit',
  start: 'startDate',
  end: 'endDate',
}

function isElement(item: JsonObject): boolean {
  const isWorkout = item.workoutActivityType !== undefined && isObject(item.sourceRevision)
  return typeof item.quantityType === 'string' || typeof item.categoryType === 'string' || isWorkout
}

function amountIn(quantity: unknown, unit: string): unknown {
  const sent = openQuantity(quantity, undefined)
  const isExpected = unitText(sent.unit) === unit || sent.unit === undefined
  return isExpected ? toNumber(sent.value) : quantity
}

function readWorkout(item: JsonObject): Pick<RawSample, 'type' | 'value' | 'metadata'> {
  const seconds = toNumber(openQuantity(item.duration, undefined).value)
  return {
    type: 'workout',
    value: seconds === undefined ? undefined : seconds / 60,
    metadata: {
      ...objectOr(item.metadata),
      activity: item.workoutActivityType,
      energy_kcal: amountIn(item.totalEnergyBurned, 'kcal'),
      distance_m: amountIn(item.totalDistance, 'meters'),
    },
  }
}

function readElement(item: JsonObject, path: string): RawSample {
  const common = {
    path,
    names,
    uuid: item.uuid,
    unit: item.unit,
    start: item.startDate,
    end: item.endDate,
    source: revisionSource(item.sourceRevision, item.device),
    metadata: item.metadata,
    percent: 'fraction',
  } as const
  if (item.workoutActivityType !== undefined) return { ...common, ...readWorkout(item) }
  const type = item.quantityType ?? item.categoryType ?? objectOr(item.sampleType).identifier
  if (item.categoryType !== undefined)
    return { ...common, names: { ...names, value: 'value' }, type, value: item.value }
  return { ...common, type, value: item.quantity }
}

function listsOf(root: unknown): [string, readonly unknown[]][] {
  if (Array.isArray(root)) return [['', root as unknown[]]]
  if (isObject(root) && isElement(root)) return [['', [root]]]
  return Object.entries(objectOr(root)).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  )
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  for (const [name, items] of listsOf(root)) {
    for (const [index, item] of items.entries()) {
      const at = name === '' ? `${path}[${index}]` : join(path, `${name}[${index}]`)
      if (name === deletedList) yield toTombstone(item, context, at)
      else
        yield isObject(item)
          ? toSample(readElement(item, at), context)
          : rejection(at, null, 'is not an object')
    }
  }
}

/** kingstinct/react-native-healthkit: `{quantitySamples, …}`, an anchored query's answer, or a plain list of samples. */
export const reactNativeHealthkit: Shape = {
  name: 'react_native_healthkit',
  matches: (root) =>
    listsOf(root).some(([, items]) => holds(items, isElement)) ||
    (isObject(root) && Array.isArray(root[deletedList]) && listsOf(root).length > 0),
  read,
}
