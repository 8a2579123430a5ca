import { MARGIN, activityCounts, describeScale } from './activity-counts.ts'
import type { Recording } from './recording.ts'

const recording = (...minutes: number[]): Recording => ({
  minutes: Float64Array.from(minutes),
  startMinuteOfDay: 0,
})
const code = (name: string) =>
  expect.objectContaining({ kind: 'invalid', details: expect.objectContaining({ code: name }) })

describe('activity counts', () => {
  it('are divided, then capped, and stay unobserved where they were', () => {
    const scaled = activityCounts(recording(0, 250, 1e6, NaN), { divisor: 100, cap: 300 })
    const { padded, unobserved, length, scale } = scaled
    expect([...padded.subarray(MARGIN, MARGIN + length)]).toEqual([0, 2.5, 300, 0])
    expect(unobserved).toEqual([3])
    expect(describeScale(scale)).toBe('counts / 100, at most 300')
    expect(describeScale(activityCounts(recording()).scale)).toBe('counts')
  })

  it('leave the recording that they come from as it is', () => {
    const source = recording(500)
    activityCounts(source, { divisor: 1, cap: 300 })
    expect([...source.minutes]).toEqual([500])
  })

  it.each([
    [recording(1, -1), 'negative_activity'],
    [recording(-Infinity), 'negative_activity'],
    [recording(Infinity), 'infinite_activity'],
    [{ minutes: new Float64Array(1), startMinuteOfDay: 1440 }, 'start_minute_of_day'],
  ])('say no to what cannot be an amount of activity (%#: %s)', (source, name) => {
    expect(() => activityCounts(source)).toThrow(code(name))
  })

  it.each([
    { divisor: 0, cap: null },
    { divisor: -1, cap: null },
    { divisor: NaN, cap: null },
    { divisor: 1, cap: 0 },
    { divisor: 1, cap: NaN },
  ])('say no to the scale %j', (scale) => {
    expect(() => activityCounts(recording(1), scale)).toThrow(code('count_scale'))
  })
})
