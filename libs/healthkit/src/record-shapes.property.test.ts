import fc from 'fast-check'
import { type Attributes, createAppleExportReader } from './apple-export.ts'
import { fhir } from './fhir.ts'
import { flatNdjson } from './flat-ndjson.ts'
import { healthAutoExport } from './health-auto-export.ts'
import { ownExport } from './own-export.ts'
import { type Client, describeMutatedBodies } from '../tests/mutated-bodies.ts'
import { context } from '../tests/read-with.ts'

const id = '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE'
const span = { startDate: '2025-03-08T09:00:00.000Z', endDate: '2025-03-08T10:00:00Z' }
const flat = {
  schemaVersion: 1,
  id,
  ...span,
  source: { name: 'Watch' },
  metadata: { a: { type: 'x', value: 1 } },
}
const observation = {
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ code: '8867-4' }, { code: 'HKQuantityTypeIdentifierHeartRate' }] },
  effectiveDateTime: '2025-03-08T09:00:00-05:00',
}
const defs = 'https://bdh.stanford.edu/fhir/defs/metadata'
const extension = [{ url: defs, extension: [{ url: `${defs}/HKTimeZone`, valueString: 'Europe/London' }] }]
const date = '2025-03-08 09:00:00 -0500'
const line = {
  kind: 'sample',
  id,
  type: 'heart_rate',
  start: span.startDate,
  end: span.endDate,
  value: 61,
  unit: 'count/min',
  source: { name: 'Watch', bundle_id: null, product: null },
  verdict: 'accepted',
  timezone: 'Europe/London',
  timezone_source: 'sample',
  sync: { id: 's', version: 1 },
}

const clients: readonly Client[] = [
  {
    shape: ownExport,
    wrap: (lines) => lines,
    elements: [line, { ...line, id: undefined, verdict: 'duplicate' }],
  },
  {
    shape: flatNdjson,
    wrap: (lines) => lines,
    elements: [
      {
        ...flat,
        kind: 'quantity',
        type: 'HKQuantityTypeIdentifierStepCount',
        quantity: { unit: 'count', value: 1 },
      },
      { ...flat, kind: 'category', type: 'HKCategoryTypeIdentifierSleepAnalysis', value: 4 },
      {
        ...flat,
        kind: 'workout',
        activityType: 37,
        duration: 60,
        statistics: [{ type: 'x', sum: 1, unit: 'm' }],
      },
      { kind: 'deletion', id, type: 'HKQuantityTypeIdentifierStepCount', schemaVersion: 1 },
    ],
  },
  {
    shape: fhir,
    wrap: (resources) => ({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) }),
    elements: [
      { ...observation, extension, valueQuantity: { value: 61, unit: 'beats/minute', code: '/min' } },
      {
        ...observation,
        effectiveDateTime: undefined,
        effectiveTiming: { event: [span.startDate, span.endDate] },
        valueSampledData: { origin: { value: 0, unit: '/min' }, factor: 1, period: 1000, data: '60 E 61' },
      },
      { ...observation, valueCodeableConcept: { coding: [{ code: '4', display: 'asleep deep' }] } },
      {
        ...observation,
        code: { coding: [{ code: '85354-9' }] },
        component: [{ code: { coding: [{ code: '8480-6' }] }, valueQuantity: { value: 120, unit: 'mmHg' } }],
      },
      { resourceType: 'Condition', recordedDate: '2025-03-08' },
    ],
  },
  {
    shape: healthAutoExport,
    wrap: (data) => ({ data: { metrics: [{ name: 'heart_rate', units: 'bpm', data }] } }),
    elements: [
      { date, Min: 50, Avg: 60, Max: 70, source: 'Watch|iPhone' },
      { date, qty: 61 },
    ],
  },
  {
    shape: healthAutoExport,
    wrap: (data) => ({ data: { metrics: [{ name: 'sleep_analysis', units: 'hr', data }] } }),
    elements: [
      { startDate: date, endDate: date, qty: 1, value: 'Deep', source: 'Watch' },
      { date, totalSleep: 7, asleep: 0, core: 4, sleepStart: date, sleepEnd: date, inBed: 8 },
    ],
  },
  {
    shape: healthAutoExport,
    wrap: (workouts) => ({ data: { workouts } }),
    elements: [
      { id, name: 'Running', start: date, end: date, duration: 60, activeEnergy: { qty: 1, units: 'kJ' } },
      { name: 'Yoga', start: date, heartRateData: [{ date, Min: 1, Avg: 2, Max: 3, units: 'bpm' }] },
    ],
  },
  {
    shape: healthAutoExport,
    wrap: (symptoms) => ({ data: { symptoms } }),
    elements: [{ start: date, name: 'Headache', severity: 'Mild', userEntered: true }],
  },
]

describe('bodies of records, mutated', () => {
  describeMutatedBodies(clients)
})

const elementName = fc.constantFrom(
  ...['Record', 'Workout', 'Correlation', 'MetadataEntry', 'WorkoutStatistics', 'WorkoutActivity', 'Me'],
  ...['ActivitySummary', 'ClinicalRecord', 'InstantaneousBeatsPerMinute', '__proto__', 'constructor'],
)
const attributeName = fc.constantFrom(
  ...['type', 'value', 'unit', 'startDate', 'endDate', 'sourceName', 'device', 'key', 'sum', 'duration'],
  ...['dateComponents', '__proto__', 'toString'],
)
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(
  attributeName,
  fc.oneof(
    fc.constantFrom(
      date,
      '61',
      'count/min',
      'HKQuantityTypeIdentifierHeartRate',
      'HKTimeZone',
      'x'.repeat(3000),
    ),
    fc.string(),
  ),
)
interface Element {
  readonly name: string
  readonly attributes: Attributes
  readonly children: readonly Element[]
}
const { tree } = fc.letrec<{ tree: Element }>((tie) => ({
  tree: fc.record({
    name: elementName,
    attributes,
    children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 4 })),
  }),
}))

describe('any elements of an export', () => {
  it('are read without an error, every sample element to one reading', () => {
    const sampleNames = new Set(['Record', 'Workout', 'Correlation', 'ActivitySummary', 'ClinicalRecord'])
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 6 }), (trees) => {
        const reader = createAppleExportReader(context)
        const count = { sampleElements: 0, readings: 0 }
        const walk = ({ name, attributes: own, children }: Element): void => {
          if (sampleNames.has(name)) count.sampleElements += 1
          reader.open(name, own)
          children.forEach(walk)
          if (reader.close(name)) count.readings += 1
        }
        trees.forEach(walk)
        expect(count.readings).toBeGreaterThanOrEqual(count.sampleElements)
      }),
      { numRuns: 300 },
    )
  })
})
