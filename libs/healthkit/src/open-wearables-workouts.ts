import { toCanonical } from '@clarity/health-data'
import { isObject, type JsonObject, listOr } from './json.ts'
import { openQuantity, toNumber, unitText } from './quantity.ts'

/** The SDK's names of a workout's figures → metadata key and unit. */
const figures: ReadonlyMap<string, readonly [key: string, unit: string]> = new Map([
  ['activeEnergyBurned', ['energy_kcal', 'kcal']],
  ['basalEnergyBurned', ['basal_energy_kcal', 'kcal']],
  ['distance', ['distance_m', 'm']],
  ['stepCount', ['step_count', 'count']],
  ['minHeartRate', ['heart_rate_min', 'count/min']],
  ['averageHeartRate', ['heart_rate_mean', 'count/min']],
  ['maxHeartRate', ['heart_rate_max', 'count/min']],
  ['elevationAscended', ['elevation_ascended_m', 'm']],
  ['averageMETs', ['mean_mets', 'kcal/(kg*hr)']],
  ['weatherHumidity', ['weather_humidity_percent', '%']],
  ['weatherTemperature', ['weather_temperature_degc', 'degC']],
])
/** No workout has more kinds of figures. */
const mostFigures = 64

/** A workout's duration in minutes and its figures in canonical units. */
interface WorkoutFigures {
  readonly minutes: number | undefined
  readonly metadata: Readonly<Record<string, unknown>>
}

/**
 * Reads a workout's list of figures `[{type, value, unit}]`. A duration without a unit is in `durationUnit`: the SDK
 * counts seconds on iOS and milliseconds on Samsung phones.
 */
export function workoutFigures(list: unknown, durationUnit: 's' | 'ms'): WorkoutFigures {
  const metadata: Record<string, unknown> = {}
  let minutes: number | undefined
  for (const figure of listOr(list).slice(0, mostFigures)) {
    if (!isObject(figure) || typeof figure.type !== 'string') continue
    const sent = openQuantity(figure.value, figure.unit)
    const value = toNumber(sent.value)
    if (value === undefined) continue
    const unit = unitText(sent.unit)
    if (figure.type === 'duration') minutes = toCanonical(value, unit ?? durationUnit, 'min')
    else if (figure.type === 'indoorWorkout') metadata.is_indoor = value === 1
    else {
      const [key, canonical] = figures.get(figure.type) ?? []
      if (key !== undefined && canonical !== undefined) metadata[key] = toCanonical(value, unit, canonical)
    }
  }
  return { minutes, metadata }
}

/** Whether an element is a workout of the SDK, whatever stands around it. */
export function isSdkWorkout(item: JsonObject): boolean {
  return Array.isArray(item.workoutStatistics) || (Array.isArray(item.values) && isObject(item.source))
}
