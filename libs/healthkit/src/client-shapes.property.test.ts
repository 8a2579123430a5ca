import { flutterHealth } from './flutter-health.ts'
import { healthAutoExportFile } from './health-auto-export-file.ts'
import { openWearables } from './open-wearables.ts'
import { reactNativeHealth } from './react-native-health.ts'
import { reactNativeHealthkit } from './react-native-healthkit.ts'
import { typeKeyedMap } from './type-keyed-map.ts'
import { type Client, describeMutatedBodies } from '../tests/mutated-bodies.ts'

const span = { startDate: '2025-03-08T09:00:00.000-0500', endDate: '2025-03-08T10:00:00Z' }
const source = { appId: 'app', deviceName: 'Watch', deviceModel: 'Watch6,7', deviceType: 'watch' }
const id = '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE'

const clients: readonly Client[] = [
  {
    shape: openWearables,
    wrap: (records) => ({ provider: 'apple', sdkVersion: '1', data: { records, sleep: [], workouts: [] } }),
    elements: [
      {
        id,
        ...span,
        zoneOffset: '+01:00',
        source,
        type: 'HKQuantityTypeIdentifierHeartRate',
        value: 60,
        unit: 'bpm',
      },
      {
        uuid: id,
        ...span,
        source: {},
        type: 'x',
        value: null,
        recordMetadata: [{ key: 'HKTimeZone', value: 'UTC' }],
      },
    ],
  },
  {
    shape: openWearables,
    wrap: (workouts) => ({ provider: 'samsung', sdkVersion: '1', data: { workouts } }),
    elements: [{ id, ...span, source, type: 'running', values: [{ type: 'duration', value: 5, unit: 's' }] }],
  },
  {
    shape: openWearables,
    wrap: (sleep) => ({ sdkVersion: '1', data: { sleep } }),
    elements: [{ id, ...span, source, stage: 'light', metadata: { HKTimeZone: 'Europe/London' } }],
  },
  {
    shape: reactNativeHealth,
    wrap: (samples) => ({ getHeartRateSamples: samples }),
    elements: [
      { id, ...span, value: 61, sourceName: 'Watch', sourceId: 'app', metadata: {} },
      { ...span, value: 3, metadata: [{ sourceId: 'app', sourceName: 'Watch', quantity: 3 }] },
      { ...span, bloodPressureSystolicValue: 120, bloodPressureDiastolicValue: 80 },
      {
        start: span.startDate,
        end: span.endDate,
        activityName: 'Running',
        calories: 1,
        distance: 2,
        tracked: true,
      },
    ],
  },
  {
    shape: reactNativeHealthkit,
    wrap: (sums) => ({ stepCount: [{ ...span, sumQuantity: 1 }, ...sums] }),
    leading: 1,
    elements: [
      {
        ...span,
        averageQuantity: { quantity: 61, unit: 'count/min' },
        minimumQuantity: { quantity: 60, unit: 'count/min' },
        maximumQuantity: { quantity: 62, unit: 'count/min' },
        sources: [{ name: 'Watch', bundleIdentifier: 'app' }],
        quantityType: 'HKQuantityTypeIdentifierHeartRate',
      },
      {
        mostRecentQuantity: { quantity: 61, unit: 'kg' },
        mostRecentQuantityDateInterval: { from: span.startDate, to: span.endDate },
        source: {},
      },
    ],
  },
  {
    shape: flutterHealth,
    leading: 1,
    wrap: (points) => [
      { type: 'STEPS', dateFrom: '2025-03-08T09:00:00.000', dateTo: null, value: 1 },
      ...points,
    ],
    elements: [
      {
        uuid: id,
        type: 'HEART_RATE',
        unit: 'BEATS_PER_MINUTE',
        dateFrom: '2025-03-08T09:00:00',
        dateTo: '2025-03-08T09:00:00',
        value: { __type: 'NumericHealthValue', numericValue: '6' },
      },
      {
        type: 'SLEEP_DEEP',
        unit: 'MINUTE',
        date_from: '2025-11-02T01:10:00',
        date_to: '2025-11-02T01:40:00',
        value: 90,
      },
      {
        type: 'NUTRITION',
        dateFrom: '2025-03-08T09:00:00',
        value: { __type: 'NutritionHealthValue', fat: 1 },
      },
      {
        type: 'WORKOUT',
        dateFrom: '2025-03-08T09:00:00',
        value: { totalEnergyBurned: 1 },
        workoutSummary: {},
      },
    ],
  },
  {
    shape: typeKeyedMap,
    wrap: (value) => ({ metrics: { HKQuantityTypeIdentifierHeartRate: { value } }, checkpoint: 1 }),
    elements: [
      { ...span, value: 61, unit: 'count/min', source: { name: 'Watch' }, device: { model: 'Watch' } },
    ],
  },
  {
    shape: healthAutoExportFile,
    wrap: (data) => ({ metric: 'Active Energy', date: 788_050_800, data }),
    elements: [
      {
        metric: 'Active Energy',
        start: 788_127_754,
        end: 788_127_755,
        unit: 'kJ',
        qty: 1,
        sources: [{ name: 'W' }],
      },
      { metric: 'Sleep Analysis', start: 788_127_754, end: 788_127_755, unit: 'hr', core: 1, meta: {} },
    ],
  },
]

describe('bodies of clients, mutated', () => {
  describeMutatedBodies(clients)
})
