import { detectShape } from './detect-shape.ts'
import { flatNdjson } from './flat-ndjson.ts'
import { readWith } from '../tests/read-with.ts'

const id = '5ec1ecaf-0ac1-42e0-ac83-88e7e86747db'
const heartRate = {
  schemaVersion: 1,
  kind: 'quantity',
  id,
  type: 'HKQuantityTypeIdentifierHeartRate',
  startDate: '2025-03-08T06:00:00.449Z',
  endDate: '2025-03-08T06:00:05.000Z',
  quantity: { unit: 'count/s', value: 1, description: '1 count/s' },
  source: { name: 'Sam’s Apple Watch', bundleIdentifier: 'com.apple.health.X', productType: 'Watch6,7' },
  metadata: {
    HKTimeZone: { type: 'string', value: 'Europe/London' },
    HKWasUserEntered: { type: 'bool', value: true },
    HKBarometricPressure: { type: 'quantity', description: '101.2 kPa' },
    HKAlgorithmVersion: { type: 'number', value: 2 },
  },
}

describe('flat records', () => {
  it('are told from other shapes, alone and as a list', () => {
    expect([heartRate, [heartRate], { kind: 'deletion', schemaVersion: 1 }].map(detectShape)).toEqual([
      flatNdjson,
      flatNdjson,
      flatNdjson,
    ])
    expect(detectShape({ kind: 'quantity' })).toBeUndefined()
  })

  it('give a sample with its own zone and metadata without their tags', () => {
    const [sample] = readWith(flatNdjson, heartRate, { uploadTimezone: 'Asia/Tokyo' }).samples
    expect(sample).toMatchObject({
      id: id.toUpperCase(),
      type: 'heart_rate',
      value: 60,
      unit: 'count/min',
      unit_in: 'count/s',
      start: Date.parse('2025-03-08T06:00:00.449Z'),
      timezone: 'Europe/London',
      user_entered: true,
      source: { name: 'Sam’s Apple Watch', bundle_id: 'com.apple.health.X', product: 'Watch6,7' },
      metadata: { HKBarometricPressure: '101.2 kPa', HKAlgorithmVersion: 2 },
    })
  })

  it('give stages, correlations and workouts', () => {
    const { quantity: _, ...common } = heartRate
    const { samples, rejections } = readWith(flatNdjson, [
      { ...common, kind: 'category', type: 'HKCategoryTypeIdentifierSleepAnalysis', value: 4 },
      {
        ...common,
        kind: 'correlation',
        type: 'HKCorrelationTypeIdentifierBloodPressure',
        members: [{ id: 'a', type: 'b' }, 'c'],
      },
      {
        ...common,
        kind: 'workout',
        type: 'HKWorkoutTypeIdentifier',
        activityType: 37,
        duration: 1800,
        statistics: [
          { type: 'HKQuantityTypeIdentifierActiveEnergyBurned', unit: 'kJ', sum: 418.4 },
          { type: 'HKQuantityTypeIdentifierDistanceWalkingRunning', unit: 'km', sum: 5 },
          { type: 'HKQuantityTypeIdentifierHeartRate', unit: 'count/min', average: 140, maximum: 170 },
        ],
      },
    ])
    expect(rejections).toEqual([])
    expect(samples.map(({ type, value }) => [type, value])).toEqual([
      ['sleep_analysis', 4],
      ['blood_pressure', null],
      ['workout', 30],
    ])
    expect(samples[1]?.metadata).toMatchObject({ member_uuids: ['a', 'c'] })
    const { activity, distance_m, energy_kcal, heart_rate_mean, heart_rate_max } = samples[2]?.metadata ?? {}
    expect([activity, distance_m, heart_rate_mean, heart_rate_max]).toEqual(['running', 5000, 140, 170])
    expect(energy_kcal).toBeCloseTo(100)
  })

  it('delete by identity', () => {
    const { tombstones, rejections } = readWith(flatNdjson, [
      { kind: 'deletion', id, type: 'HKQuantityTypeIdentifierStepCount', schemaVersion: 1 },
      { kind: 'deletion', id: 'x', schemaVersion: 1 },
    ])
    expect(tombstones.map((tombstone) => tombstone.id)).toEqual([id.toUpperCase()])
    expect(rejections.map(({ path }) => path)).toEqual(['[1].id'])
  })

  it('keep what has no meaning here, and ignore what the client tells of its own run', () => {
    const { quantity: _, ...common } = heartRate
    const { samples, rejections } = readWith(flatNdjson, [
      { ...common, kind: 'stateOfMind', type: 'HKDataTypeStateOfMind' },
      { ...common, kind: 'audiogram', type: undefined },
      { kind: 'typeCoverage', type: 'HKQuantityTypeIdentifierStepCount', state: 'draining' },
      { kind: 'manifest', schemaVersion: 1 },
    ])
    expect(samples.map(({ type, verdict }) => [type, verdict])).toEqual([
      ['HKDataTypeStateOfMind', 'unknown'],
      ['audiogram', 'unknown'],
    ])
    expect(rejections).toEqual([])
  })

  it('are refused one by one, where the client would look', () => {
    const { rejections } = readWith(flatNdjson, [
      { ...heartRate, quantity: { unit: 'count/min' } },
      { ...heartRate, quantity: { unit: 'km', value: 3 } },
      { ...heartRate, startDate: 'today' },
      { kind: 'sampleEncodingError', id, type: 'HKQuantityTypeIdentifierStepCount', message: 'no unit' },
      null,
    ])
    expect(rejections.map(({ path }) => path)).toEqual([
      '[0].quantity.value',
      '[1].quantity.unit',
      '[2].startDate',
      '[3].kind',
      '[4]',
    ])
  })
})
