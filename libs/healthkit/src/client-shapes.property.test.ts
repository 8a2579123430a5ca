import fc from 'fast-check'
import { flutterHealth } from './flutter-health.ts'
import { healthAutoExportFile } from './health-auto-export-file.ts'
import { openWearables } from './open-wearables.ts'
import { reactNativeHealth } from './react-native-health.ts'
import type { Reading, Shape } from './reading.ts'
import { typeKeyedMap } from './type-keyed-map.ts'
import { context, sorted } from '../tests/read-with.ts'

type Json = unknown
type Elements = readonly Json[]

const span = { startDate: '2025-03-08T09:00:00.000-0500', endDate: '2025-03-08T10:00:00Z' }
const source = { appId: 'app', deviceName: 'Watch', deviceModel: 'Watch6,7', deviceType: 'watch' }
const id = '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE'

interface Client {
  readonly shape: Shape
  readonly elements: Elements
  /** A body of the shape that holds the elements in one of its lists. */
  wrap(elements: Elements): Json
}

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
    shape: flutterHealth,
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

const canary = 'c4n4ry'
const oddities: Elements = [
  ...[null, true, '', 'NaN', canary, -1, 0, 1e308, -1e308, 5e-324, 2 ** 53, 1e17, [], {}, [null], [[[]]]],
  ...[
    { value: {} },
    { numericValue: [] },
    { unit: canary },
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59-12:00',
  ],
  ...[
    '2025-02-30T00:00:00Z',
    '2025-11-02T01:30:00',
    'A'.repeat(5000),
    '\u0000',
    '\ud800',
    '+99:99',
    'HKTimeZone',
  ],
  JSON.parse('{"__proto__": {"value": 1}, "constructor": 1, "hasOwnProperty": 1, "toString": null}'),
]
const anyOddity = fc.oneof(fc.constantFrom(...oddities), fc.jsonValue({ maxDepth: 3 }))

/** The value with the part at a place, counted over all its parts, exchanged. */
function exchanged(value: Json, place: { left: number }, by: Json): Json {
  place.left -= 1
  if (place.left < 0) return by
  if (Array.isArray(value)) return (value as Elements).map((item) => visit(item, place, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, place, by)]))
}

function visit(value: Json, place: { left: number }, by: Json): Json {
  return place.left < 0 ? value : exchanged(value, place, by)
}

const mutation = fc.record({ place: fc.nat({ max: 24 }), by: anyOddity })
const elementOf = (client: Client) =>
  fc
    .tuple(fc.constantFrom(...client.elements), fc.array(mutation, { maxLength: 3 }))
    .map(([element, mutations]) =>
      mutations.reduce<Json>((value, { place, by }) => exchanged(value, { left: place }, by), element),
    )
const body = fc.constantFrom(...clients).chain((client) =>
  fc.record({
    client: fc.constant(client),
    elements: fc.array(elementOf(client), { minLength: 1, maxLength: 12 }),
    timezone: fc.constantFrom('America/New_York', 'Pacific/Apia', undefined),
  }),
)

function readAll({
  client,
  elements,
  timezone,
}: {
  client: Client
  elements: Elements
  timezone?: string | undefined
}) {
  const zone = timezone === undefined ? {} : { uploadTimezone: timezone }
  return [...client.shape.read(client.wrap(elements), { ...context, ...zone }, '')]
}

function isWhole(reading: Reading): boolean {
  if (reading.kind !== 'sample') return true
  const { id: identity, start, end, type, value, unit } = reading.sample
  return (
    [start, end].every(Number.isFinite) &&
    (value === null || Number.isFinite(value)) &&
    [identity, type, unit].every((text) => typeof text === 'string')
  )
}

describe('bodies of clients, mutated', () => {
  it('are read without an error, every element to at least one whole reading', () => {
    fc.assert(
      fc.property(body, (sent) => {
        const readings = readAll(sent)
        expect(readings.length).toBeGreaterThanOrEqual(sent.elements.length)
        expect(readings.filter((reading) => !isWhole(reading))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('are refused without a word of their values', () => {
    fc.assert(
      fc.property(body, (sent) => {
        const { rejections } = sorted(readAll(sent))
        expect(JSON.stringify(rejections.map(({ path, reason }) => [path, reason]))).not.toContain(canary)
      }),
      { numRuns: 300 },
    )
  })

  it('give the same samples in two slices as in one', () => {
    fc.assert(
      fc.property(body, fc.nat({ max: 12 }), (sent, at) => {
        const parts = [sent.elements.slice(0, at), sent.elements.slice(at)].map((elements) =>
          sorted(readAll({ ...sent, elements })),
        )
        const leading = sent.client.shape === flutterHealth ? 1 : 0
        const whole = sorted(readAll(sent))
        const [first, second] = parts.map(({ samples }) => samples)
        expect([...(first ?? []), ...(second ?? []).slice(leading)]).toEqual(whole.samples)
      }),
      { numRuns: 300 },
    )
  })

  it('are detected or not, at the root or mutated whole, without an error', () => {
    fc.assert(
      fc.property(body, mutation, ({ client, elements }, { place, by }) => {
        const root = exchanged(client.wrap(elements), { left: place }, by)
        for (const { shape } of clients) {
          shape.matches(root)
          expect([...shape.read(root, context, '')].every(isWhole)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
