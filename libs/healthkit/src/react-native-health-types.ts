import { type Metric, metricFor, snakeCase } from '@clarity/health-data'
import { toNumber } from './quantity.ts'
import { metricNamed } from './type-names.ts'

/** What the library, or its `getSamples` option, calls a type → metric, where the general names do not give it. */
const words: Readonly<Record<string, string>> = {
  walking: 'step_count',
  stair_climbing: 'flights_climbed',
  running: 'distance_walking_running',
  cycling: 'distance_cycling',
  swimming: 'distance_swimming',
  anchored_workouts: 'workout',
  workouts: 'workout',
  mindful: 'mindful_session',
  energy_consumed: 'dietary_energy_consumed',
  fat_total: 'dietary_fat_total',
  sugar: 'dietary_sugar',
  water: 'dietary_water',
  bmi: 'body_mass_index',
  body_fat: 'body_fat_percentage',
  waist: 'waist_circumference',
  spo2: 'oxygen_saturation',
  sp_o2: 'oxygen_saturation',
  glucose: 'blood_glucose',
  temperature: 'body_temperature',
  flights: 'flights_climbed',
  mindfulness: 'mindful_session',
  exercise: 'apple_exercise_time',
  active_calories: 'active_energy_burned',
  basal_calories: 'basal_energy_burned',
}

/** Fixed or default units of the library's queries; no element says its own. */
const units: ReadonlyMap<string, string> = new Map([
  ['heart_rate_variability_sdnn', 's'],
  ['apple_exercise_time', 's'],
  ['apple_stand_time', 's'],
  ['apple_move_time', 's'],
  ['body_mass', 'lb'],
  ['lean_body_mass', 'lb'],
  ['height', 'in'],
  ['waist_circumference', 'in'],
  ['blood_glucose', 'mmol/L'],
  ['dietary_water', 'L'],
])

/** Nobody lives with that much glucose in mmol/L, or with so many °C: the app asked for the other unit. */
const otherUnits: ReadonlyMap<string, readonly [above: number, unit: string]> = new Map([
  ['blood_glucose', [40, 'mg/dL']],
  ['body_temperature', [50, 'degF']],
])

/** The unit in which the library gives a value of a metric; undefined where it is the canonical one. */
export function impliedUnit(metric: string, value: unknown): string | undefined {
  const [above, other] = otherUnits.get(metric) ?? []
  return above !== undefined && (toNumber(value) ?? 0) > above ? other : units.get(metric)
}

function named(word: string): Metric | undefined {
  const plain = snakeCase(word)
  return metricNamed(Object.hasOwn(words, plain) ? (words[plain] ?? plain) : word)
}

const longestName = 100

/** `getDailyStepCountSamples` → `StepCount`: what a method's name says beside its type. */
function withoutMethod(name: string): string {
  return name
    .replace(/^get(?=[A-Z])/, '')
    .replace(/^([Dd]aily|[Ll]atest|Anchored|Filtered)_?(?=[A-Za-z])/, '')
    .replace(/(Samples?|Data|Results?)$/i, '')
}

/** A wrapper's key or type: a method of the library, one of its option names, HealthKit's identifier, or a word for the metric. */
export interface TypeName {
  /** The metric's name, or the key as it is where no metric is meant. */
  readonly type: string
  readonly isKnown: boolean
}

/** What a key of the app's wrapper means. */
export function typeNamed(key: string): TypeName {
  if (key.length > longestName) return { type: key.slice(0, longestName), isKnown: false }
  const word = withoutMethod(key)
  const metric = metricFor(key) ?? named(key) ?? named(word) ?? named(word.replace(/s$/, ''))
  return metric ? { type: metric.name, isKnown: true } : { type: key, isKnown: /^get[A-Z]\w*$/.test(key) }
}
