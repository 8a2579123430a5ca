import { toCanonical } from '@clarity/health-data'
import { type JsonObject, objectOr } from './json.ts'
import { openQuantity, toNumber, unitText } from './quantity.ts'
import type { RawSample } from './reading.ts'
import { namedSource } from './source.ts'

const names = { type: 'name', value: 'duration', unit: 'units', start: 'start', end: 'end' }

function amount(quantity: unknown, unit: string): number | undefined {
  const sent = openQuantity(quantity, undefined)
  const value = toNumber(sent.value)
  return value === undefined ? undefined : toCanonical(value, unitText(sent.unit), unit)
}

/**
 * A workout of either version. Its series (heart rate, energy, route) repeat what the metrics hold or follow another
 * clock, so they stay in the raw body; their extremes are kept.
 */
export function workoutSample(workout: JsonObject, path: string): RawSample {
  const seconds = toNumber(workout.duration)
  const heartRate = objectOr(workout.heartRate)
  return {
    path,
    names,
    type: 'workout',
    uuid: workout.id,
    start: workout.start,
    end: workout.end,
    value: seconds === undefined ? undefined : seconds / 60,
    source: namedSource(workout.source),
    percent: 'hundred',
    metadata: {
      ...objectOr(workout.metadata),
      activity: workout.name,
      is_indoor: workout.isIndoor,
      // Version 1 has one object where version 2 has the total in one key and the series in the other.
      energy_kcal: amount(workout.activeEnergyBurned ?? workout.totalEnergy ?? workout.activeEnergy, 'kcal'),
      distance_m: amount(workout.distance, 'm'),
      heart_rate_min: amount(heartRate.min, 'count/min'),
      heart_rate_mean: amount(workout.avgHeartRate ?? heartRate.avg, 'count/min'),
      heart_rate_max: amount(workout.maxHeartRate ?? heartRate.max, 'count/min'),
    },
  }
}
