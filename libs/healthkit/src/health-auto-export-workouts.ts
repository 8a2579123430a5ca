import { type JsonObject, listOr, objectOr } from './json.ts'
import { quantityIn, toNumber } from './quantity.ts'
import type { RawSample } from './reading.ts'
import { namedSource } from './source.ts'

const names = { type: 'name', value: 'duration', unit: 'units', start: 'start', end: 'end' }

const ownFields = new Set(['id', 'name', 'start', 'end', 'duration', 'source', 'metadata', 'heartRate'])

/** What else a workout says of itself in one value: where it was, steps, speeds, weather. Its series stay in the raw body. */
function otherFields(workout: JsonObject): JsonObject {
  const others = Object.entries(workout).filter(
    ([key, value]) => !ownFields.has(key) && !Array.isArray(value),
  )
  return Object.fromEntries(others)
}

interface Extremes {
  readonly min: number | undefined
  readonly mean: number | undefined
  readonly max: number | undefined
}

/** Heart rate of a workout as the client sums it, else the extremes of its series, which version 1 has alone. */
function heartRateOf(workout: JsonObject): Extremes {
  const { min, avg, max } = objectOr(workout.heartRate)
  const lows: number[] = []
  const highs: number[] = []
  for (const point of listOr(workout.heartRateData)) {
    const { Min, Max, qty, units } = objectOr(point)
    const low = quantityIn({ qty: Min ?? qty, units }, 'count/min')
    const high = quantityIn({ qty: Max ?? qty, units }, 'count/min')
    if (low !== undefined) lows.push(low)
    if (high !== undefined) highs.push(high)
  }
  const least = lows.reduce((least, low) => Math.min(least, low), Infinity)
  const most = highs.reduce((most, high) => Math.max(most, high), -Infinity)
  return {
    min: quantityIn(min, 'count/min') ?? (lows.length > 0 ? least : undefined),
    mean: quantityIn(workout.avgHeartRate ?? avg, 'count/min'),
    max: quantityIn(workout.maxHeartRate ?? max, 'count/min') ?? (highs.length > 0 ? most : undefined),
  }
}

/** A workout of either version. Its series repeat what the metrics hold or follow another clock: their extremes are kept. */
export function workoutSample(workout: JsonObject, path: string): RawSample {
  const seconds = toNumber(workout.duration)
  const heartRate = heartRateOf(workout)
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
      ...otherFields(workout),
      activity: workout.name,
      is_indoor: workout.isIndoor,
      // Version 1 has one object where version 2 has the total in one key and the series in the other.
      energy_kcal: quantityIn(
        workout.activeEnergyBurned ?? workout.totalEnergy ?? workout.activeEnergy,
        'kcal',
      ),
      distance_m: quantityIn(workout.distance, 'm'),
      heart_rate_min: heartRate.min,
      heart_rate_mean: heartRate.mean,
      heart_rate_max: heartRate.max,
    },
  }
}
