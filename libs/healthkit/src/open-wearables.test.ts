import { detectShape } from './index.ts'
import { openWearables } from './open-wearables.ts'
import { readWith } from '../tests/read-with.ts'

const source = {
  appId: 'com.apple.health.A3B1',
  deviceId: null,
  deviceName: 'Apple Watch',
  deviceManufacturer: 'Apple Inc.',
  deviceModel: 'Watch6,7',
  deviceType: 'watch',
  recordingMethod: null,
}
const common = {
  id: '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE',
  startDate: '2025-03-16T22:34:02Z',
  endDate: '2025-03-16T22:35:02Z',
  zoneOffset: null,
  source,
  parentId: null,
  metadata: null,
}
const record = (type: string, value: unknown, unit: string | null, more: object = {}) => ({
  ...common,
  type: `HKQuantityTypeIdentifier${type}`,
  value,
  unit,
  ...more,
})
const chunk = (data: object, more: object = {}) => ({
  provider: 'apple',
  sdkVersion: '0.6.0',
  syncTimestamp: '2025-03-18T09:30:00Z',
  data: { workouts: [], records: [], sleep: [], ...data },
  ...more,
})
const read = (data: object, more: object = {}) => readWith(openWearables, chunk(data, more))

describe('Open Wearables', () => {
  it.each([
    [chunk({})],
    [{ data: { records: [], sleep: [] } }],
    [{ sdkVersion: '1', data: { workouts: [] } }],
    [{ data: { workouts: [{ uuid: 'u', workoutStatistics: [] }] } }],
  ])('is known as %#', (root) => {
    expect(detectShape(root)).toBe(openWearables)
  })

  it('reads records in the SDK’s units: Cal, bpm, breaths/min, oxygen as percent and other percent as fractions', () => {
    const { samples, rejections } = read({
      records: [
        record('ActiveEnergyBurned', 2.5, 'Cal'),
        record('HeartRate', 52, 'bpm'),
        record('RespiratoryRate', 13.5, 'breaths/min'),
        record('OxygenSaturation', 96, '%'),
        record('WalkingDoubleSupportPercentage', 0.3, '%'),
        record('VO2Max', 43.9, 'mL/kg/min'),
      ],
    })
    expect(rejections).toEqual([])
    expect(samples.map(({ type, value, unit, unit_in }) => [type, value, unit, unit_in])).toEqual([
      ['active_energy_burned', 2.5, 'kcal', 'Cal'],
      ['heart_rate', 52, 'count/min', 'bpm'],
      ['respiratory_rate', 13.5, 'count/min', 'breaths/min'],
      ['oxygen_saturation', 96, '%', '%'],
      ['walking_double_support_percentage', 30, '%', '%'],
      ['vo2_max', 43.9, 'mL/(kg*min)', 'mL/kg/min'],
    ])
    expect(samples[0]).toMatchObject({
      id: common.id,
      start: Date.parse(common.startDate),
      end: Date.parse(common.endDate),
      source: { name: 'Apple Watch', bundle_id: 'com.apple.health.A3B1', product: 'Watch6,7' },
      user_entered: false,
    })
  })

  it('reads stages of sleep, older spellings of them included', () => {
    const { samples, rejections } = read({
      sleep: [
        { ...common, stage: 'light' },
        { ...common, stage: 'inBed' },
        { ...common, stage: 'sleeping' },
        {
          ...common,
          id: undefined,
          uuid: common.id,
          type: 'HKCategoryTypeIdentifierSleepAnalysis',
          value: 'in_bed',
        },
        { ...common, stage: 'drifting' },
      ],
    })
    expect(samples.map(({ type, value }) => [type, value])).toEqual([
      ['sleep_analysis', 3],
      ['sleep_analysis', 0],
      ['sleep_analysis', 1],
      ['sleep_analysis', 0],
    ])
    expect(samples[3]?.id).toBe(common.id)
    expect(rejections).toEqual([
      { path: 'data.sleep[4].stage', type: 'sleep_analysis', reason: 'is not a sleep stage' },
    ])
  })

  it.each([
    ['apple', { type: 'duration', value: 1800, unit: 's' }],
    ['samsung', { type: 'duration', value: 1_800_000, unit: 'ms' }],
    ['samsung', { type: 'duration', value: 1_800_000 }],
    ['apple', { type: 'duration', value: 1800 }],
  ])('reads half an hour of a workout from %s as %j', (provider, duration) => {
    const workout = {
      ...common,
      type: 'running',
      values: [
        duration,
        { type: 'activeEnergyBurned', value: 137.9, unit: 'kcal' },
        { type: 'distance', value: 2.2, unit: 'km' },
        { type: 'stepCount', value: 2979.41, unit: 'count' },
        { type: 'averageHeartRate', value: 112, unit: 'bpm' },
        { type: 'indoorWorkout', value: 0 },
        { type: 'unheardOf', value: 1 },
        null,
      ],
    }
    const { samples } = read({ workouts: [workout] }, { provider })
    expect(samples).toMatchObject([
      {
        type: 'workout',
        value: 30,
        unit: 'min',
        metadata: {
          activity: 'running',
          energy_kcal: 137.9,
          distance_m: 2200,
          step_count: 2979.41,
          heart_rate_mean: 112,
          is_indoor: false,
        },
      },
    ])
  })

  it('reads what older versions sent: uuid, lists of metadata and statistics, another source', () => {
    const legacy = {
      uuid: common.id,
      startDate: common.startDate,
      endDate: common.endDate,
      source: {
        name: 'Apple Watch',
        bundleIdentifier: 'com.apple.health',
        deviceModel: 'Watch',
        productType: 'Watch7,1',
      },
    }
    const { samples } = readWith(openWearables, {
      data: {
        records: [
          {
            ...legacy,
            type: 'HKQuantityTypeIdentifierOxygenSaturation',
            value: 0.97,
            unit: '%',
            recordMetadata: [
              { key: 'HKTimeZone', value: 'Europe/Warsaw' },
              { key: 'HKWasUserEntered', value: '1' },
            ],
          },
        ],
        workouts: [
          { ...legacy, type: 'hiking', workoutStatistics: [{ type: 'duration', value: 60, unit: 's' }] },
        ],
      },
    })
    expect(samples).toMatchObject([
      {
        id: common.id,
        value: 97,
        timezone: 'Europe/Warsaw',
        user_entered: true,
        source: { name: 'Apple Watch', bundle_id: 'com.apple.health', product: 'Watch7,1' },
      },
      { type: 'workout', value: 1, metadata: { activity: 'hiking' } },
    ])
  })

  it('knows one device by any address that its description carries', () => {
    const described = (address: string) =>
      record('StepCount', 1, 'count', {
        source: { deviceName: `<<HKDevice: ${address}>, name:Sam’s Watch, model:Watch, hardware:Watch6,7>` },
      })
    const { samples } = read({ records: [described('0x3029f2d00'), described('0x301117a40')] })
    const device = { name: 'Sam’s Watch', bundle_id: null, product: 'Watch6,7' }
    expect(samples.map((sample) => sample.source)).toEqual([device, device])
  })

  it('takes a record’s own offset as that of its dates', () => {
    const { samples } = read({ records: [record('HeartRate', 60, 'bpm', { zoneOffset: '+09:00' })] })
    expect(samples).toMatchObject([
      { start: Date.parse(common.startDate), timezone: '+09:00', timezone_source: 'offset' },
    ])
  })

  it('keeps types without a metric and refuses elements alone, naming their fields', () => {
    const { samples, rejections } = read({
      records: [
        { ...common, type: 'HKQuantityTypeIdentifierNikeFuel', value: 12, unit: 'count' },
        record('HeartRate', 'fast', 'bpm'),
        record('HeartRate', 60, 'furlong'),
        record('HeartRate', 60, 'bpm', { startDate: 'yesterday' }),
        7,
      ],
      sleep: 'none',
    })
    expect(samples).toMatchObject([
      { type: 'HKQuantityTypeIdentifierNikeFuel', verdict: 'unknown', value: 12 },
    ])
    expect(rejections.map(({ path, reason }) => [path, reason])).toEqual([
      ['data.records[1].value', 'is not a number'],
      ['data.records[2].unit', 'is not a unit of this type'],
      ['data.records[3].startDate', 'is not a date'],
      ['data.records[4]', 'is not an object'],
      ['data.sleep', 'is not a list'],
    ])
  })
})
