import { detectShape } from './index.ts'
import { typeKeyedMap } from './type-keyed-map.ts'
import { readWith } from '../tests/read-with.ts'

const span = { startDate: '2025-03-01T05:00:00Z', endDate: '2025-03-01T06:00:00Z' }
const body = {
  metrics: {
    HKQuantityTypeIdentifierHeartRate: { value: [{ ...span, value: 61, unit: 'count/min' }] },
    HKQuantityTypeIdentifierOxygenSaturation: { unit: '%', value: [{ ...span, value: 0.97 }] },
    HKCategoryTypeIdentifierSleepAnalysis: {
      value: [{ start: span.startDate, end: span.endDate, value: 4, source: 'Watch' }],
    },
    HKQuantityTypeIdentifierStepCount: [{ ...span, quantity: 12, source: { name: 'Phone' } }],
  },
  checkpoint: '2025-03-01T06:00:00Z',
}

describe('a type-keyed map', () => {
  it('is known by the identifiers that are its keys', () => {
    expect(detectShape(body)).toBe(typeKeyedMap)
    expect(detectShape({ ...body, deletedSamples: [{ uuid: 'a' }] })).toBe(typeKeyedMap)
    expect(detectShape({ metrics: { steps: [] } })).toBeUndefined()
  })

  it('gives each sample the type of its key', () => {
    const { samples, rejections } = readWith(typeKeyedMap, body)
    expect(rejections).toEqual([])
    expect(samples.map(({ type, value }) => [type, value])).toEqual([
      ['heart_rate', 61],
      ['oxygen_saturation', 97],
      ['sleep_analysis', 4],
      ['step_count', 12],
    ])
    expect(samples[2]).toMatchObject({
      start: Date.parse(span.startDate),
      end: Date.parse(span.endDate),
      source: { name: 'Watch' },
    })
    expect(samples[3]?.source.name).toBe('Phone')
  })

  it('refuses what cannot be read in its place and keeps unknown types', () => {
    const { samples, rejections } = readWith(typeKeyedMap, {
      metrics: {
        HKQuantityTypeIdentifierHeartRate: { value: [{ ...span, value: {} }, { value: 60 }, 1] },
        HKQuantityTypeIdentifierNikeFuel: { value: [{ ...span, value: 3 }] },
        HKQuantityTypeIdentifierStepCount: 5,
        ['__proto__']: { value: [] },
      },
    })
    expect(samples).toMatchObject([{ type: 'HKQuantityTypeIdentifierNikeFuel', verdict: 'unknown' }])
    expect(rejections.map(({ path, reason }) => [path, reason])).toEqual([
      ['metrics.HKQuantityTypeIdentifierHeartRate.value[0].value', 'is missing'],
      ['metrics.HKQuantityTypeIdentifierHeartRate.value[1].startDate', 'is missing'],
      ['metrics.HKQuantityTypeIdentifierHeartRate.value[2]', 'is not an object'],
      ['metrics.HKQuantityTypeIdentifierStepCount', 'is not a list'],
    ])
  })
})
