import type { ReadContext } from './context.ts'
import { readElements } from './elements.ts'
import { holds, isObject, join, type JsonObject, listOr, objectOr } from './json.ts'
import { openQuantity, quantityIn, toNumber } from './quantity.ts'
import type { FieldNames, RawSample, Reading, Shape } from './reading.ts'
import { revisionSource } from './source.ts'
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
  return typeof typeOf(item) === 'string' || isWorkout
}

function typeOf({ quantityType, categoryType, correlationType, sampleType }: JsonObject): unknown {
  return quantityType ?? categoryType ?? correlationType ?? objectOr(sampleType).identifier
}

function readWorkout(item: JsonObject): Pick<RawSample, 'type' | 'value' | 'metadata'> {
  const seconds = toNumber(openQuantity(item.duration, undefined).value)
  return {
    type: 'workout',
    value: seconds === undefined ? undefined : seconds / 60,
    metadata: {
      ...objectOr(item.metadata),
      activity: item.workoutActivityType,
      energy_kcal: quantityIn(item.totalEnergyBurned, 'kcal'),
      distance_m: quantityIn(item.totalDistance, 'm'),
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
  const type = typeOf(item)
  if (item.categoryType !== undefined)
    return { ...common, names: { ...names, value: 'value' }, type, value: item.value }
  return { ...common, type, value: item.quantity }
}

/** An element, and of a correlation its members: a query for their own types answers the same ones again. */
function takeApart(item: JsonObject, path: string): RawSample[] {
  const own = readElement(item, path)
  if (item.correlationType === undefined) return [own]
  const members = listOr(item.objects).flatMap((member, index) =>
    isObject(member) ? [readElement(member, join(path, `objects[${index}]`))] : [],
  )
  return [own, ...members]
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
    const at = name === '' ? path : join(path, name)
    if (name !== deletedList) yield* readElements(items, { path: at, context }, takeApart)
    else for (const [index, item] of items.entries()) yield toTombstone(item, context, `${at}[${index}]`)
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
