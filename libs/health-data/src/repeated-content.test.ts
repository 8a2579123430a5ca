import type { Sample, SampleSource } from './index.ts'
import { repeated } from './repeated-content.ts'
import { buildSample, otherApp, phone } from '../tests/build-sample.ts'

const span = {
  type: 'distance_walking_running',
  start: '2025-03-01T12:00:00.250Z',
  end: '2025-03-01T12:05:00.750Z',
  value: 162.9,
}
const inShape = (id: string, parts: Partial<Omit<Sample, 'start' | 'end'>> = {}) =>
  buildSample({ ...span, ...parts, id })
const called = (name: string | null, product: string | null = null): SampleSource => ({
  name,
  bundle_id: null,
  product,
})
const repeats = (...samples: Sample[]) => {
  const found = [samples, [...samples].reverse()].map((each) =>
    [...repeated(each.sort((left, right) => left.start - right.start))].map(({ id }) => id).sort(),
  )
  expect(found[0]).toEqual(found[1])
  return found[0]
}

describe('the same content in two shapes', () => {
  it('has the values that an export prints with six digits, in miles', () => {
    const miles = 1609.344
    const printed = Number((span.value / miles).toPrecision(6)) * miles
    expect(printed.toPrecision(6)).not.toBe(span.value.toPrecision(6))
    expect(repeats(inShape('A'), inShape('content:x', { value: printed }))).toEqual(['content:x'])
    expect(repeats(inShape('A'), inShape('content:x', { value: span.value * 1.0001 }))).toEqual([])
    expect(repeats(inShape('A', { value: 0 }), inShape('B', { value: 1 }))).toEqual([])
    expect(repeats(inShape('A', { value: 0.5 }), inShape('B', { value: -2 }))).toEqual([])
  })

  it('has the name of the device or of the person’s device, or none', () => {
    const full = inShape('B', { source: called('Sam’s Apple Watch', 'Watch6,7') })
    expect(repeats(full, inShape('C', { source: called('Apple Watch') }))).toEqual(['C'])
    expect(repeats(full, inShape('A', { source: called(null) }))).toEqual(['A'])
    expect(repeats(full, inShape('C', { source: phone }))).toEqual([])
    expect(repeats(full, inShape('C', { source: otherApp }))).toEqual([])
  })

  it('has the name of an app, whether or not the client tells where it ran', () => {
    const app = inShape('A', { source: called('Strava', 'iPhone15,2') })
    expect(repeats(app, inShape('B', { source: called('Strava') }))).toEqual(['B'])
  })

  it('stands with an end, though another that has none has a name', () => {
    const open = inShape('A', { extent: 'missing' })
    expect(repeats(open, inShape('B', { source: called(null) }))).toEqual(['A'])
  })

  it('stands where it is plausible, whatever an implausible one tells besides', () => {
    const open = inShape('B', { extent: 'missing', source: called(null) })
    expect(repeats(open, inShape('A', { base_verdict: 'implausible' }))).toEqual([])
  })

  it('is no sum that HealthKit merged', () => {
    expect(repeats(inShape('A'), inShape('B', { extent: 'bucket', source: called(null) }))).toEqual([])
  })
})

describe('a reading that is told once a day', () => {
  const reading = (id: string, value: number, parts: Partial<Sample> = {}) =>
    buildSample({ type: 'resting_heart_rate', start: '2025-03-01T00:00:00Z', value, id, ...parts })
  const until = (time: string) => ({ end: Date.parse(`2025-03-01T${time}Z`) })

  it('gives way to the one with the latest end', () => {
    const noon = reading('A', 60, until('12:00:00'))
    const evening = reading('B', 57, { ...until('20:00:00'), source: called('Sam’s Apple Watch') })
    expect(repeats(noon, evening, reading('C', 61, { extent: 'missing' }))).toEqual(['A', 'C'])
    expect(repeats(noon, reading('B', 57, { ...until('20:00:00'), source: otherApp }))).toEqual([])
  })
})

describe('a workout', () => {
  const workout = (id: string, activity: unknown, parts: Partial<Omit<Sample, 'start' | 'end'>> = {}) =>
    inShape(id, { type: 'workout', metadata: { activity }, ...parts })

  it('is the same whichever word its clients have for the activity', () => {
    expect(repeats(workout('A', 'running'), workout('B', 37))).toEqual(['B'])
    expect(repeats(workout('A', 'Outdoor Run'), workout('B', 'HKWorkoutActivityTypeRunning'))).toEqual(['B'])
    expect(repeats(workout('A', 'running'), workout('B', 'walking'))).toEqual([])
  })

  it('stands with its length and a known activity', () => {
    expect(repeats(workout('A', 'running', { value: null }), workout('B', 'running'))).toEqual(['A'])
    expect(repeats(workout('A', 'Laufen'), workout('B', 'running'))).toEqual(['A'])
    expect(repeats(workout('A', 'running'), workout('B', 'walking'), workout('C', 'other'))).toEqual(['C'])
  })
})

describe('averages without an end', () => {
  const hour = (id: string, value: number, range: { min?: number; max?: number } = {}) =>
    inShape(id, { type: 'heart_rate', extent: 'missing', value, ...range })

  it('give way to the one of their source and start that saw most', () => {
    const early = hour('A', 60)
    const later = hour('B', 63, { min: 58, max: 90 })
    const whole = hour('C', 61, { min: 52, max: 90 })
    expect(repeats(early, later, whole)).toEqual(['A', 'B'])
    expect(repeats(later, { ...whole, source: otherApp })).toEqual([])
  })

  it('are told from single readings by their range', () => {
    expect(repeats(hour('A', 60), hour('B', 63))).toEqual([])
  })
})
