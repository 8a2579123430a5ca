import { activityRecording } from './activity-recording.ts'
import { timeRuns } from './time-runs.ts'

describe('timing', () => {
  it('runs the work warm-up and measured times, and orders median and 95th percentile', () => {
    let calls = 0
    const timing = timeRuns(() => (calls += 1), { warmUp: 2, runs: 20 })
    expect(calls).toBe(22)
    expect(timing.runs).toBe(20)
    expect(timing.median_ms).toBeLessThanOrEqual(timing.p95_ms)
  })
})

describe('the recording that is timed', () => {
  it('is the same every time, with nights, days and gaps', () => {
    const { minutes } = activityRecording(7)
    expect(minutes).toHaveLength(10080)
    expect(activityRecording(7).minutes).toEqual(minutes)
    const active = (from: number, to: number) =>
      minutes.subarray(from, to).filter((value) => value > 0).length
    expect(active(0, 400)).toBeLessThan(active(700, 1100) / 4)
    expect(minutes.filter(Number.isNaN)).toHaveLength(2 * 60)
  })
})
