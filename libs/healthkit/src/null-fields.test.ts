import { detectShape } from './index.ts'
import { readWith } from '../tests/read-with.ts'

const span = { startDate: '2025-03-08T12:00:00.000Z', endDate: '2025-03-08T13:00:00.000Z' }
const heartRate = 'HKQuantityTypeIdentifierHeartRate'
const date = '2025-03-08 13:00:00 +0100'
const night = { date, totalSleep: 7, sleepStart: date, sleepEnd: '2025-03-08 20:00:00 +0100' }
const metric = (name: string, row: object) => ({ data: { metrics: [{ name, units: null, data: [row] }] } })
const point = { dateFrom: span.startDate, dateTo: span.endDate, type: 'HEART_RATE' }

describe('a field that a client writes as null', () => {
  it.each([
    [
      'heart_rate 61',
      metric('heart_rate', { date, qty: 61, Min: null, Avg: null, Max: null, endDate: null }),
    ],
    ['step_count 9', metric('step_count', { date, qty: 9, startDate: null, endDate: null, source: null })],
    ['sleep_night 420', metric('sleep_analysis', { ...night, startDate: null, endDate: null, value: null })],
    [
      'heart_rate 61',
      [{ ...span, quantityType: heartRate, categoryType: null, workoutActivityType: null, quantity: 61 }],
    ],
    ['heart_rate 61', { heartRate: { ...span, averageQuantity: { quantity: 61 }, sumQuantity: null } }],
    ['sleep_analysis 4', { data: { sleep: [{ ...span, stage: null, value: 4 }] } }],
    ['heart_rate 61', [{ ...point, value: { numericValue: 61, systolic: null, diastolic: null } }]],
    [
      'heart_rate 61',
      [{ ...point, dateFrom: null, date_from: span.startDate, date_to: span.endDate, value: 61 }],
    ],
    [
      'heart_rate 61',
      { metrics: { [heartRate]: [{ ...span, value: null, qty: 61 }], HKQuantityTypeA: { value: null } } },
    ],
    ['heart_rate 61', { metric: 'Heart Rate', date: 1, data: [{ start: 1, qty: null, avg: 61 }] }],
  ])('is as one that is left out: %s %#', (expected, root) => {
    const shape = detectShape(root)
    if (!shape) throw new Error('The body has no known shape.')
    const { samples, rejections } = readWith(shape, root)
    expect([samples.map(({ type, value }) => `${type} ${value}`), rejections]).toEqual([[expected], []])
  })
})
