import { detectShape } from './index.ts'
import { reactNativeHealthkit } from './react-native-healthkit.ts'
import { readWith } from '../tests/read-with.ts'

const stepCount = 'HKQuantityTypeIdentifierStepCount'
const watch = { name: 'Sam’s Watch', bundleIdentifier: 'com.apple.health.A' }
const phone = { name: 'Sam’s iPhone', bundleIdentifier: 'com.apple.health.B' }
const hour = { startDate: '2025-03-08T12:00:00.000Z', endDate: '2025-03-08T13:00:00.000Z' }
const start = Date.parse(hour.startDate)
const amount = (quantity: number, unit: string) => ({ quantity, unit })
const sum = { ...hour, sumQuantity: amount(120.5, 'count'), sources: [watch, phone] }
const nothing = { ...hour, sources: [] }
const sample = {
  ...hour,
  uuid: '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE',
  quantityType: stepCount,
  quantity: 7,
  unit: 'count',
}

const summed = (root: unknown) => {
  const { samples, rejections } = readWith(reactNativeHealthkit, root)
  return [...samples.map(({ type, value }) => `${type} ${value}`), ...rejections.map(({ path }) => path)]
}

describe('results of statistics queries', () => {
  it.each([
    [{ [stepCount]: [sum, nothing] }],
    [{ stats: { steps: { hourly: [nothing, sum] } } }],
    [[{ quantityType: stepCount, statistics: [sum] }]],
    [{ identifier: stepCount, results: [sum] }],
    [{ day: [{ ...sum, quantityType: stepCount }] }],
    [{ user: 'a', stepCount: sum }],
    [{ ...sum, type: stepCount }],
  ])('are of the type that stands beside or around them: %#', (root) => {
    expect(detectShape(root)).toBe(reactNativeHealthkit)
    expect(summed(root)).toEqual(['step_count 120.5'])
  })

  it('are sums that HealthKit merged already', () => {
    expect(readWith(reactNativeHealthkit, { stepCount: [sum] }).samples).toMatchObject([
      {
        start,
        end: start + 3_600_000,
        extent: 'bucket',
        source: { name: 'Sam’s Watch|Sam’s iPhone', bundle_id: null },
        verdict: 'accepted',
      },
    ])
  })

  it('are means with their extremes', () => {
    const heartRate = {
      ...nothing,
      averageQuantity: amount(1, 'count/s'),
      minimumQuantity: amount(0.9, 'count/s'),
      maximumQuantity: amount(2, 'count/s'),
      sources: [watch],
    }
    expect(readWith(reactNativeHealthkit, { heartRate }).samples).toMatchObject([
      {
        type: 'heart_rate',
        start,
        extent: 'missing',
        value: 60,
        min: 54,
        max: 120,
        source: { name: watch.name },
      },
    ])
  })

  it('are values as they were stored, at their own time', () => {
    const last = { from: '2025-03-07T06:00:00.000Z', to: '2025-03-07T06:00:00.000Z' }
    const bodyMass = {
      ...nothing,
      mostRecentQuantity: amount(150, 'lb'),
      mostRecentQuantityDateInterval: last,
      source: watch,
    }
    expect(readWith(reactNativeHealthkit, { bodyMass }).samples).toMatchObject([
      { type: 'body_mass', start: Date.parse(last.from), source: { bundle_id: watch.bundleIdentifier } },
    ])
  })

  it('of more than a day count for no day', () => {
    const week = { ...sum, endDate: '2025-03-15T12:00:00.000Z' }
    const day = { ...sum, endDate: '2025-03-09T13:00:00.000Z' }
    expect(readWith(reactNativeHealthkit, { stepCount: [week, day] }).samples).toMatchObject([
      { type: 'step_count_by_period', value: 120.5, verdict: 'unknown' },
      { type: 'step_count', verdict: 'accepted' },
    ])
  })

  it('stand beside samples and deletions', () => {
    const root = { samples: [sample, null], deletedSamples: [{ uuid: sample.uuid }], steps: sum }
    expect(summed(root)).toEqual(['step_count 7', 'step_count 120.5', 'samples[1]'])
    expect(readWith(reactNativeHealthkit, root).tombstones).toHaveLength(1)
  })

  it('are refused without a type, a date or a value', () => {
    const highest = { ...nothing, maximumQuantity: amount(180, 'count/min') }
    expect(summed({ mine: [sum], stepCount: { ...sum, startDate: undefined }, heartRate: highest })).toEqual([
      'mine[0].quantityType',
      'stepCount.startDate',
      'heartRate.averageQuantity',
    ])
  })

  it('may say behind their list what they are of', () => {
    expect(reactNativeHealthkit.isUntold?.({ statistics: [sum] })).toBe(true)
    expect(reactNativeHealthkit.isUntold?.({ stepCount: [sum] })).toBe(false)
    expect(reactNativeHealthkit.isUntold?.({ samples: [sample] })).toBe(false)
  })
})
