import { detectShape } from './index.ts'
import { reactNativeHealth } from './react-native-health.ts'
import { readWith } from '../tests/read-with.ts'

const span = { startDate: '2025-03-08T09:00:00.000-0500', endDate: '2025-03-08T10:00:00.000-0500' }
const watch = { sourceName: 'Sam’s Apple Watch', sourceId: 'com.apple.health.A' }
const element = { id: 'E9D93EDF-5552-4F91-9F2C-F2F628548B4A', ...watch, ...span }
const read = (root: unknown) => readWith(reactNativeHealth, root)
const summary = (root: unknown) => read(root).samples.map(({ type, value, unit }) => [type, value, unit])

describe('react-native-health', () => {
  it.each([
    [{ getHeartRateSamples: [{ ...element, value: 61 }] }],
    [{ HeartRate: [{ ...element, value: 61 }] }],
    [{ heartRate: [{ ...element, value: 61 }] }],
    [{ heart_rate: [{ ...element, value: 61 }] }],
    [{ type: 'HeartRate', data: [{ ...element, value: 61 }] }],
    [{ method: 'getHeartRateSamples', results: [{ ...element, value: 61 }] }],
    [{ userId: 'u', permission: 'HeartRate', unit: 'bpm', samples: [{ ...element, value: 61 }] }],
    [[{ type: 'HeartRate', data: [{ ...element, value: 61 }] }]],
    [{ healthData: { getHeartRateSamples: [{ ...element, value: 61 }] }, device: { os: 'iOS' } }],
    [{ samples: [{ ...element, type: 'HeartRate', value: 61 }] }],
    [[{ ...element, type: 'HKQuantityTypeIdentifierHeartRate', value: 61 }]],
    [{ heartRate: { samples: [{ ...element, value: 61 }] } }],
    [{ latestHeartRates: [{ ...element, value: 61 }] }],
  ])('has its type from whatever the app wraps it in: %#', (root) => {
    expect(detectShape(root)).toBe(reactNativeHealth)
    expect(summary(root)).toEqual([['heart_rate', 61, 'count/min']])
  })

  it('is known by its methods even where they gave nothing', () => {
    expect(detectShape({ getHeartRateSamples: [], getSleepSamples: [] })).toBe(reactNativeHealth)
    expect(detectShape({ heartRate: [] })).toBeUndefined()
    expect(detectShape({ notes: [{ text: 'x' }] })).toBeUndefined()
  })

  it('reads an element whole, its offset written without a colon', () => {
    const { samples } = read({ getHeartRateSamples: [{ ...element, value: 61, metadata: { a: 1 } }] })
    expect(samples).toMatchObject([
      {
        id: element.id,
        start: Date.parse('2025-03-08T14:00:00Z'),
        end: Date.parse('2025-03-08T15:00:00Z'),
        timezone: '-05:00',
        source: { name: 'Sam’s Apple Watch', bundle_id: 'com.apple.health.A' },
        metadata: { a: 1 },
      },
    ])
    expect(samples[0]?.unit_in).toBeUndefined()
  })

  it('takes the units that the library fixes', () => {
    const one = (value: unknown) => [{ ...element, value }]
    expect(
      summary({
        getHeartRateVariabilitySamples: one(0.0418),
        getOxygenSaturationSamples: one(0.96),
        getWeightSamples: one(154.32358),
        getLeanBodyMassSamples: one(100),
        getHeightSamples: one(70),
        getAppleExerciseTime: one(90),
        getAppleStandTime: one(240),
        getBloodGlucoseSamples: one(5),
        bloodGlucose: one(97),
        getBodyTemperatureSamples: one(37.2),
        bodyTemperature: one(98.6),
        getVo2MaxSamples: one(43),
        getBodyFatPercentageSamples: one(0.165),
        getLatestBodyFatPercentage: { ...element, value: 16.5 },
        getWater: one(0.25),
        getBmiSamples: one(22),
      }).map(([type, value, unit]) => [type, Number(Number(value).toFixed(3)), unit]),
    ).toEqual([
      ['heart_rate_variability_sdnn', 41.8, 'ms'],
      ['oxygen_saturation', 96, '%'],
      ['body_mass', 70, 'kg'],
      ['lean_body_mass', 45.359, 'kg'],
      ['height', 1.778, 'm'],
      ['apple_exercise_time', 1.5, 'min'],
      ['apple_stand_time', 4, 'min'],
      ['blood_glucose', 90.078, 'mg/dL'],
      ['blood_glucose', 97, 'mg/dL'],
      ['body_temperature', 37.2, 'degC'],
      ['body_temperature', 37, 'degC'],
      ['vo2_max', 43, 'mL/(kg*min)'],
      ['body_fat_percentage', 16.5, '%'],
      ['body_fat_percentage', 16.5, '%'],
      ['dietary_water', 250, 'mL'],
      ['body_mass_index', 22, 'count'],
    ])
  })

  it('takes a unit that the app does name instead, and keeps it', () => {
    const { samples } = read({ type: 'Weight', unit: 'kg', data: [{ ...element, value: 70 }] })
    expect(samples).toMatchObject([{ type: 'body_mass', value: 70, unit_in: 'kg' }])
  })

  it('reads stages of sleep and the time of sessions', () => {
    expect(
      summary({
        getSleepSamples: [
          { ...element, value: 'CORE' },
          { ...element, value: 'INBED' },
        ],
        getMindfulSession: [element],
      }),
    ).toEqual([
      ['sleep_analysis', 3, 'stage'],
      ['sleep_analysis', 0, 'stage'],
      ['mindful_session', 0, 'code'],
    ])
  })

  it('parts a blood pressure into its two values, which share no identity', () => {
    const pressure = { ...span, bloodPressureSystolicValue: 120, bloodPressureDiastolicValue: 76 }
    const { samples } = read({ getBloodPressureSamples: [{ ...element, ...pressure }] })
    expect(samples.map(({ type, value }) => [type, value])).toEqual([
      ['blood_pressure_systolic', 120],
      ['blood_pressure_diastolic', 76],
    ])
    expect(samples[0]?.id).not.toBe(samples[1]?.id)
  })

  it('reads workouts: miles, kcal, what a person typed in', () => {
    const workout = {
      id: element.id,
      ...watch,
      activityId: 37,
      activityName: 'Running',
      calories: 364,
      distance: 2,
      tracked: false,
      device: 'Watch6,7',
      start: span.startDate,
      end: span.endDate,
      duration: 1800,
    }
    const { samples } = read({ getAnchoredWorkouts: { anchor: 'YQ==', data: [workout] } })
    expect(samples).toMatchObject([
      {
        type: 'workout',
        value: 30,
        user_entered: true,
        source: { product: 'Watch6,7' },
        metadata: { activity: 'running', energy_kcal: 364, distance_m: 3218.688 },
      },
    ])
  })

  it('reads sums without an id as buckets that HealthKit merged', () => {
    const shares = [
      { sourceId: 'com.apple.health.A', sourceName: 'Watch', quantity: 1025 },
      { sourceId: 'com.apple.health.B', sourceName: 'iPhone', quantity: 1037 },
    ]
    const { samples } = read({
      getDailyStepCountSamples: [{ ...span, value: 1037, metadata: shares }],
      getStepCount: { ...span, value: 6000 },
      getDailyFlightsClimbedSamples: [{ ...span, value: 3, metadata: shares.slice(0, 1) }],
      getActiveEnergyBurned: [{ ...element, value: 2.9 }],
    })
    expect(samples.map(({ type, extent, source }) => [type, extent, source.name, source.bundle_id])).toEqual([
      ['step_count', 'bucket', 'Watch|iPhone', null],
      ['step_count', 'bucket', null, null],
      ['flights_climbed', 'bucket', 'Watch', 'com.apple.health.A'],
      ['active_energy_burned', undefined, 'Sam’s Apple Watch', 'com.apple.health.A'],
    ])
  })

  it('reads getSamples by its option: counts and miles under other names', () => {
    const fitness = {
      ...watch,
      tracked: true,
      device: 'iPhone15,2',
      start: span.startDate,
      end: span.endDate,
    }
    expect(
      summary([
        { type: 'Walking', data: [{ ...fitness, quantity: 120 }] },
        { type: 'Running', data: [{ ...fitness, distance: 1 }] },
        { type: 'StairClimbing', data: [{ ...fitness, quantity: 3 }] },
      ]),
    ).toEqual([
      ['step_count', 120, 'count'],
      ['distance_walking_running', 1609.344, 'm'],
      ['flights_climbed', 3, 'count'],
    ])
  })

  it('keeps heartbeat series, electrocardiograms and types without a metric', () => {
    const { samples, rejections } = read({
      getHeartbeatSeriesSamples: [
        { ...element, heartbeatSeries: [{ timeSinceSeriesStart: 0.5, precededByGap: false }] },
      ],
      getElectrocardiogramSamples: [
        { ...element, classification: 'SinusRhythm', averageHeartRate: 61, voltageMeasurements: [[0, 0.1]] },
      ],
      PeakFlow: [{ ...element, value: 400 }],
    })
    expect(rejections).toEqual([])
    expect(samples).toMatchObject([
      { type: 'heartbeat_series', value: 1, verdict: 'accepted' },
      {
        type: 'HKDataTypeIdentifierElectrocardiogram',
        value: null,
        verdict: 'unknown',
        metadata: { classification: 'SinusRhythm' },
      },
      { type: 'PeakFlow', value: 400, verdict: 'unknown' },
    ])
  })

  it('reads deletions that the app adds', () => {
    const uuid = '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE'
    const root = {
      getHeartRateSamples: [],
      deletedSamples: [{ uuid }],
      weight: { deletedSamples: [{ id: 'x' }] },
    }
    const { tombstones, rejections } = readWith(reactNativeHealth, root)
    expect(tombstones.map(({ id }) => id)).toEqual([uuid])
    expect(rejections.map(({ path }) => path)).toEqual(['weight.deletedSamples[0].id'])
  })

  it('refuses elements alone, in the wrapper’s words, and leaves what is no sample', () => {
    const { samples, rejections } = read({
      getHeartRateSamples: [{ ...element, value: 'n/a' }, null, { ...element, startDate: 'x', value: 1 }],
      permissions: { read: ['HeartRate', 'StepCount'] },
      data: [{ ...element, value: 1 }],
    })
    expect(samples).toEqual([])
    expect(rejections.map(({ path, reason }) => [path, reason])).toEqual([
      ['getHeartRateSamples[0].value', 'is not a number'],
      ['getHeartRateSamples[1]', 'is not an object'],
      ['getHeartRateSamples[2].startDate', 'is not a date'],
      ['data[0].type', 'is missing'],
    ])
  })
})
