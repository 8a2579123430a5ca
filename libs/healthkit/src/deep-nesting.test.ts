import { detectShape, shapes } from './detect-shape.ts'
import { context } from '../tests/read-with.ts'

const depth = 100_000
const nested = (open: string, close: string): unknown =>
  JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`)

const date = '2025-03-01T00:00:00Z'
/** Bodies of several shapes with something endless in the places that are looked into. */
const bodiesWith = (deep: unknown): unknown[] => [
  deep,
  { kind: 'sample', type: 'sleep_analysis', start: date, value: deep, metadata: deep, source: deep },
  {
    kind: 'category',
    schemaVersion: 1,
    startDate: date,
    type: 'HKCategoryTypeIdentifierSleepAnalysis',
    value: deep,
  },
  { kind: 'quantity', schemaVersion: 1, startDate: date, type: 'x', quantity: deep, metadata: { a: deep } },
  {
    resourceType: 'Observation',
    code: deep,
    effectiveDateTime: date,
    extension: [deep],
    valueQuantity: deep,
  },
  { quantity_samples: [{ identifier: 'sleep_analysis', start_date: date, value: deep, device: deep }] },
  {
    data: {
      metrics: [{ name: 'sleep_analysis', data: [{ startDate: date, value: deep }] }],
      symptoms: [deep],
    },
  },
  { data: { workouts: [{ start: date, metadata: deep, heartRate: deep, distance: deep }] } },
]

describe('nesting without an end', () => {
  it.each([
    ['values', '{"value":', '}'],
    ['lists', '[', ']'],
    ['extensions', '{"url":"/defs/metadata","extension":[', ']}'],
    ['bundles', '{"entry":[{"resource":', '}]}'],
    ['metadata', '{"metadata":{"type":"array","value":[', ']}}'],
  ])('of %s is read by every shape like anything else that means nothing', (_, open, close) => {
    for (const body of bodiesWith(nested(open, close))) {
      detectShape(body)
      for (const shape of shapes) expect(() => [...shape.read(body, context, '')]).not.toThrow()
    }
  })
})
