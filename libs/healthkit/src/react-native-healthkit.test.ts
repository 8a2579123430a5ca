import { detectShape } from './index.ts'
import { reactNativeHealthkit } from './react-native-healthkit.ts'
import { readWith } from '../tests/read-with.ts'

const sourceRevision = {
  source: { name: 'Sam’s iPhone', bundleIdentifier: 'com.apple.health.A' },
  productType: 'iPhone15,2',
  version: '18.3.1',
}
const common = {
  uuid: '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE',
  startDate: '2025-03-01T05:00:00.123Z',
  endDate: '2025-03-01T06:00:00.456Z',
  sourceRevision,
  metadata: {},
}
const energy = {
  ...common,
  quantityType: 'HKQuantityTypeIdentifierActiveEnergyBurned',
  quantity: 6.5,
  unit: 'Cal',
}
const rate = { ...energy, quantityType: 'HKQuantityTypeIdentifierHeartRate', quantity: 1.2, unit: 'count/s' }
const stood = { ...common, categoryType: 'HKCategoryTypeIdentifierAppleStandHour', value: 0 }
const workout = {
  ...common,
  workoutActivityType: 37,
  duration: { unit: 's', quantity: 1200 },
  totalEnergyBurned: { unit: 'kcal', quantity: 200 },
  totalDistance: { unit: 'meters', quantity: 3000 },
}

describe('react-native-healthkit', () => {
  it.each([
    [{ quantitySamples: [energy], deletedSamples: [] }],
    [{ samples: [stood], deletedSamples: [], newAnchor: 'YQ==' }],
    [{ deletedSamples: [{ uuid: common.uuid }], newAnchor: 'YQ==', samples: [] }],
    [{ heartRate: [], workouts: [workout] }],
    [{ user: 'a', byType: { rate: { samples: [rate], deletedSamples: [], newAnchor: 'YQ==' } } }],
    [{ correlations: [{ ...common, correlationType: 'HKCorrelationTypeIdentifierFood', objects: [] }] }],
    [[{ ...common, sampleType: { identifier: 'HKDataTypeIdentifierHeartbeatSeries' } }]],
    [[energy]],
    [energy],
    [{ latest: { heartRate: rate } }],
  ])('is known as %#', (root) => {
    expect(detectShape(root)).toBe(reactNativeHealthkit)
  })

  it('reads answers that the app keys by type, and their deletions', () => {
    const answers = {
      mine: { samples: [energy], deletedSamples: [{ uuid: common.uuid }], newAnchor: 'YQ==' },
      other: { samples: [rate, null], deletedSamples: [{}] },
    }
    const { samples, tombstones, rejections } = readWith(reactNativeHealthkit, answers)
    expect(samples.map(({ type, value }) => `${type} ${value}`)).toEqual([
      'active_energy_burned 6.5',
      'heart_rate 72',
    ])
    expect(tombstones.map(({ id }) => id)).toEqual([common.uuid])
    expect(rejections.map(({ path }) => path)).toEqual(['other.samples[1]', 'other.deletedSamples[0].uuid'])
  })

  it('reads samples that stand alone under a key', () => {
    const root = { heartRate: rate, activity: { energy }, deletedSamples: [{ uuid: common.uuid }] }
    const { samples, tombstones, rejections } = readWith(reactNativeHealthkit, root)
    expect(samples.map(({ type }) => type)).toEqual(['heart_rate', 'active_energy_burned'])
    expect([tombstones.length, rejections]).toEqual([1, []])
  })

  it('reads how long a workout took in the unit it names', () => {
    const durations = [{ unit: 's', quantity: 1200 }, { unit: 'min', quantity: 20 }, 1200, { quantity: 1200 }]
    const workouts = durations.map((duration) => ({ ...workout, duration }))
    expect(readWith(reactNativeHealthkit, { workouts }).samples.map(({ value }) => value)).toEqual([
      20, 20, 20, 20,
    ])
  })

  it('reads a correlation and the members that it holds', () => {
    const side = (name: string, quantity: number) => ({
      ...common,
      uuid: undefined,
      quantityType: `HKQuantityTypeIdentifierBloodPressure${name}`,
      quantity,
      unit: 'mmHg',
    })
    const { samples, rejections } = readWith(reactNativeHealthkit, {
      correlations: [
        {
          ...common,
          correlationType: 'HKCorrelationTypeIdentifierBloodPressure',
          objects: [side('Systolic', 122), side('Diastolic', 79), { ...side('Systolic', 0), unit: 'm' }],
        },
      ],
    })
    expect(samples).toMatchObject([
      { type: 'blood_pressure', value: null },
      { type: 'blood_pressure_systolic', value: 122 },
      { type: 'blood_pressure_diastolic', value: 79 },
    ])
    expect(rejections).toMatchObject([{ path: 'correlations[0].objects[2].unit' }])
  })

  it('reads workouts of older versions, in the units a person prefers', () => {
    const older = {
      ...workout,
      duration: 1200,
      totalEnergyBurned: { unit: 'kJ', quantity: 836.8 },
      totalDistance: { unit: 'mi', quantity: 2 },
    }
    expect(readWith(reactNativeHealthkit, [older]).samples).toMatchObject([
      { value: 20, metadata: { energy_kcal: expect.closeTo(200), distance_m: 3218.688 } },
    ])
  })

  it('reads quantities in the units a person prefers, categories and workouts', () => {
    const { samples, rejections } = readWith(reactNativeHealthkit, {
      quantitySamples: [
        energy,
        rate,
        {
          ...energy,
          quantityType: 'HKQuantityTypeIdentifierDistanceWalkingRunning',
          unit: 'mi',
          quantity: 1,
        },
      ],
      categorySamples: [stood],
      workouts: [workout],
    })
    expect(rejections).toEqual([])
    expect(samples).toMatchObject([
      {
        type: 'active_energy_burned',
        value: 6.5,
        unit: 'kcal',
        unit_in: 'Cal',
        start: Date.parse('2025-03-01T05:00:00.123Z'),
        source: { name: 'Sam’s iPhone', bundle_id: 'com.apple.health.A', product: 'iPhone15,2' },
      },
      { type: 'heart_rate', value: 72 },
      { type: 'distance_walking_running', value: 1609.344, unit: 'm' },
      { type: 'apple_stand_hour', value: 0 },
      { type: 'workout', value: 20, metadata: { activity: 'running', energy_kcal: 200, distance_m: 3000 } },
    ])
  })

  it('reads deletions and refuses what is none', () => {
    const { tombstones, rejections } = readWith(reactNativeHealthkit, {
      samples: [energy, 3],
      deletedSamples: [{ uuid: common.uuid.toLowerCase(), metadata: {} }, {}],
    })
    expect(tombstones).toEqual([{ id: common.uuid, upload_ids: ['upload-1'] }])
    expect(rejections.map(({ path }) => path)).toEqual(['samples[1]', 'deletedSamples[1].uuid'])
  })

  it('names places in a plain list and in a single line', () => {
    const bad = { ...energy, quantity: null }
    expect(readWith(reactNativeHealthkit, [energy, bad]).rejections).toMatchObject([{ path: '[1].quantity' }])
    expect(readWith(reactNativeHealthkit, bad).rejections).toMatchObject([{ path: '[0].quantity' }])
  })
})
