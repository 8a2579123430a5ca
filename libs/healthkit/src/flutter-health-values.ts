import { metricFor, snakeCase, toCanonical } from '@clarity/health-data'
import { isObject, isTold, join, type JsonObject, objectOr } from './json.ts'
import { toNumber, unitText } from './quantity.ts'
import type { RawSample } from './reading.ts'
import { sleepStageOf } from './sleep-stage.ts'
import { metricNamed } from './type-names.ts'

/** What all samples of one point have in common. */
export type PointParts = Omit<RawSample, 'type' | 'value'>

/** The plugin's words → metric, where the general names do not give it. */
const words: Readonly<Record<string, string>> = {
  mindfulness: 'mindful_session',
  irregular_heart_rate_event: 'irregular_heart_rhythm_event',
  menstruation_flow: 'menstrual_flow',
  sleep_wrist_temperature: 'apple_sleeping_wrist_temperature',
  uv_index: 'uv_exposure',
  water: 'dietary_water',
  dietary_carbs_consumed: 'dietary_carbohydrates',
  dietary_fats_consumed: 'dietary_fat_total',
  dietary_protein_consumed: 'dietary_protein',
}

/** Nutrients of a meal that have a metric, in the plugin's fixed unit. */
const nutrients: readonly (readonly [field: string, metric: string, unit: string])[] = [
  ['calories', 'dietary_energy_consumed', 'kcal'],
  ['protein', 'dietary_protein', 'g'],
  ['carbs', 'dietary_carbohydrates', 'g'],
  ['fat', 'dietary_fat_total', 'g'],
  ['fiber', 'dietary_fiber', 'g'],
  ['sugar', 'dietary_sugar', 'g'],
  ['sodium', 'dietary_sodium', 'g'],
  ['caffeine', 'dietary_caffeine', 'g'],
]

/** Names of this file and its neighbour alone, so the map stays small. */
const snakeNames = new Map<string, string>()

/** The value under its name in camel case, or in the snake case of older versions. */
export function field(item: JsonObject, name: string): unknown {
  const value = item[name]
  if (isTold(value)) return value
  const snake = snakeNames.get(name) ?? snakeCase(name)
  snakeNames.set(name, snake)
  return item[snake]
}

function amount(value: JsonObject, name: string, canonical: string): number | undefined {
  const number = toNumber(field(value, name))
  const unit = unitText(field(value, `${name}Unit`))
  return number === undefined ? undefined : toCanonical(number, unit, canonical)
}

function workout(point: JsonObject, parts: PointParts): RawSample {
  const value = objectOr(point.value)
  const summary = objectOr(field(point, 'workoutSummary'))
  const metadata = {
    ...objectOr(parts.metadata),
    activity: field(value, 'workoutActivityType') ?? field(summary, 'workoutType'),
    energy_kcal: amount(value, 'totalEnergyBurned', 'kcal'),
    distance_m: amount(value, 'totalDistance', 'm'),
    step_count: amount(value, 'totalSteps', 'count'),
  }
  return { ...parts, unit: undefined, type: 'workout', metadata }
}

/** A meal is a correlation of its own and one sample for each nutrient. One id cannot name them all. */
function meal(value: JsonObject, parts: PointParts): RawSample[] {
  const metadata = {
    ...objectOr(parts.metadata),
    name: value.name,
    meal_type: field(value, 'mealType'),
  }
  const food = { ...parts, unit: undefined, type: 'food', metadata }
  const eaten = nutrients.filter(([name]) => isTold(value[name]))
  const parted = eaten.map(([name, type, unit]) => ({
    ...parts,
    path: join(parts.path, 'value'),
    names: { ...parts.names, value: name },
    uuid: undefined,
    type,
    value: value[name],
    unit: undefined,
    impliedUnit: unit,
  }))
  return [food, ...parted]
}

function bloodPressure(value: JsonObject, parts: PointParts): RawSample[] {
  return (['systolic', 'diastolic'] as const).map((side) => ({
    ...parts,
    path: join(parts.path, 'value'),
    names: { ...parts.names, value: side },
    uuid: undefined,
    type: `blood_pressure_${side}`,
    value: value[side],
  }))
}

/** The plain number of a value, whichever class of the plugin wrote it. */
function numberOf(value: unknown): unknown {
  if (!isObject(value)) return value
  return field(value, 'numericValue') ?? value.units ?? value.value
}

function sleep(word: string, parts: PointParts, value: unknown): RawSample | undefined {
  const code = sleepStageOf(word)
  if (code === undefined) return undefined
  const minutes = toNumber(numberOf(value))
  return {
    ...parts,
    names: { ...parts.names, value: parts.names.type },
    type: 'sleep_analysis',
    value: code,
    unit: undefined,
    ...(minutes !== undefined && { length: minutes * 60_000 }),
  }
}

function typeOf(word: string): string {
  if (word.length > 200) return word
  const plain = word.toLowerCase()
  if (metricFor(plain)) return plain
  const name = Object.hasOwn(words, plain) ? (words[plain] ?? plain) : plain
  return metricNamed(name)?.name ?? word
}

/** An app that prints Dart's enumerations itself writes their name before the value. */
const enumeration = /^Health(?:DataType|DataUnit)\./

function valueOf(point: JsonObject, type: string): Pick<RawSample, 'value' | 'metadata' | 'unit'> {
  const unit = unitText(point.unit)?.replace(enumeration, '')
  const hasUnit = unit !== undefined && !/^(NO_UNIT|UNKNOWN_UNIT)$/i.test(unit)
  // Of a session only its time is measured; the plugin puts its minutes where HealthKit has a code.
  const value = metricFor(type)?.name === 'mindful_session' ? 0 : numberOf(point.value)
  const { reason, flow } = objectOr(point.value)
  const detail = reason ?? flow
  return {
    value,
    unit: hasUnit ? unit : undefined,
    ...(typeof detail === 'string' && { metadata: { ...objectOr(point.metadata), detail } }),
  }
}

/** The samples of one point: what its value holds decides, then its type. */
export function pointSamples(point: JsonObject, named: unknown, parts: PointParts): RawSample[] {
  if (typeof named !== 'string') return [{ ...parts, type: named, value: undefined }]
  const word = named.replace(enumeration, '')
  const value = objectOr(point.value)
  const kind = value.__type ?? value.$type
  if (word === 'WORKOUT' || kind === 'WorkoutHealthValue') return [workout(point, parts)]
  if (word === 'NUTRITION' || kind === 'NutritionHealthValue') return meal(value, parts)
  if (isTold(value.systolic) || isTold(value.diastolic)) return bloodPressure(value, parts)
  const segment = word.startsWith('SLEEP_') ? sleep(word, parts, point.value) : undefined
  if (segment) return [segment]
  const type = typeOf(word)
  return [{ ...parts, type, ...valueOf(point, type) }]
}
