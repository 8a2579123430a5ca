import type { ReadContext } from './context.ts'
import { readElements } from './elements.ts'
import { holds, isObject, isTold, join, type JsonObject, listOr, objectOr } from './json.ts'
import { openQuantity, quantityIn } from './quantity.ts'
import { isUntold, wrapped, type Wrapped } from './react-native-health-lists.ts'
import { holdsStatistics, isStatistics, statisticsSamples } from './react-native-healthkit-statistics.ts'
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
  const isWorkout = isTold(item.workoutActivityType) && isObject(item.sourceRevision)
  return typeof typeOf(item) === 'string' || isWorkout
}

function typeOf({ quantityType, categoryType, correlationType, sampleType }: JsonObject): unknown {
  return quantityType ?? categoryType ?? correlationType ?? objectOr(sampleType).identifier
}

function readWorkout(item: JsonObject): Pick<RawSample, 'type' | 'value' | 'metadata'> {
  const { value, unit = 's' } = openQuantity(item.duration, undefined)
  return {
    type: 'workout',
    value: quantityIn({ value, unit }, 'min'),
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
  if (isTold(item.workoutActivityType)) return { ...common, ...readWorkout(item) }
  const type = typeOf(item)
  if (isTold(item.categoryType))
    return { ...common, names: { ...names, value: 'value' }, type, value: item.value }
  return { ...common, type, value: item.quantity }
}

/** An element, and of a correlation its members: a query for their own types answers the same ones again. */
function takeApart(item: JsonObject, path: string): RawSample[] {
  const own = readElement(item, path)
  if (!isTold(item.correlationType)) return [own]
  const members = listOr(item.objects).flatMap((member, index) =>
    isObject(member) ? [readElement(member, join(path, `objects[${index}]`))] : [],
  )
  return [own, ...members]
}

/** An app may key its answers by type, and wrap them once more. */
const deepest = 2

type List = readonly [path: string, items: readonly unknown[]]

function listsOf(root: unknown, depth = 0): List[] {
  if (Array.isArray(root)) return [['', root as unknown[]]]
  if (isObject(root) && isElement(root)) return [['', [root]]]
  return Object.entries(objectOr(root)).flatMap(([key, value]): List[] => {
    if (Array.isArray(value)) return [[key, value as unknown[]]]
    const isWrapper = depth < deepest && isObject(value) && !isElement(value)
    return isWrapper ? listsOf(value, depth + 1).map(([path, items]) => [join(key, path), items]) : []
  })
}

/** Whether an element stands alone under a key, as the answers for the most recent sample do. */
function holdsSingle(root: unknown, depth = 0): boolean {
  if (!isObject(root) || depth > deepest) return false
  return Object.values(root).some(
    (inner) => isObject(inner) && (isElement(inner) || holdsSingle(inner, depth + 1)),
  )
}

function isDeletions([path]: List): boolean {
  return path === deletedList || path.endsWith(`.${deletedList}`)
}

function* readWrapped({ item, path, key, ...told }: Wrapped, context: ReadContext): Generator<Reading> {
  if (key === deletedList) yield toTombstone(item, context, path)
  else if (!isObject(item)) yield rejection(path, told.name?.type ?? null, 'is not an object')
  else {
    const { name, unit } = told
    const type = name?.isKnown ? name.type : undefined
    const raws = isStatistics(item) ? statisticsSamples(item, { path, type, unit }) : takeApart(item, path)
    for (const raw of raws) yield toSample(raw, context)
  }
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  if (holdsStatistics(root) || holdsSingle(root)) {
    const wrapper = { path, key: '', name: undefined, unit: undefined, depth: 0 }
    for (const each of wrapped(root, wrapper)) yield* readWrapped(each, context)
    return
  }
  for (const list of listsOf(root)) {
    const [name, items] = list
    const at = name === '' ? path : join(path, name)
    if (!isDeletions(list)) yield* readElements(items, { path: at, context }, takeApart)
    else for (const [index, item] of items.entries()) yield toTombstone(item, context, `${at}[${index}]`)
  }
}

/** Whether a body names deletions and nothing else. */
function isDeletionsAlone(lists: readonly List[]): boolean {
  return lists.some(isDeletions) && lists.every((list) => isDeletions(list) || list[1].length === 0)
}

/**
 * kingstinct/react-native-healthkit: `{quantitySamples, …}`, an anchored query's answer, several of them by type, a
 * plain list of samples, and what its statistics queries answer, of which the wrapper tells the type.
 */
export const reactNativeHealthkit: Shape = {
  name: 'react_native_healthkit',
  matches: (root) => {
    const lists = listsOf(root)
    if (lists.some(([, items]) => holds(items, isElement)) || isDeletionsAlone(lists)) return true
    return holdsStatistics(root) || holdsSingle(root)
  },
  isUntold: (root) => holdsStatistics(root) && isUntold(root),
  read,
}
