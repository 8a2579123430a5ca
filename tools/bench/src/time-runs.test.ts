import { activityRecording } from './activity-recording.ts'
import { timeInTurns, timeRuns } from './time-runs.ts'

describe('timing', () => {
  it('runs the work warm-up and measured times, and orders median and 95th percentile', () => {
    let calls = 0
    const timing = timeRuns(() => (calls += 1), { warmUp: 2, rounds: 4, perRound: 5 })
    expect(calls).toBe(30)
    expect(timing.runs).toBe(20)
    expect(timing.median_ms).toBeLessThanOrEqual(timing.p95_ms)
  })

  it('takes turns between pieces of work', () => {
    const order: string[] = []
    const works = [
      { work: () => order.push('short'), perRound: 2 },
      { work: () => order.push('long'), perRound: 1 },
    ]
    expect(timeInTurns(works, { warmUp: 0, rounds: 2 }).map(({ runs }) => runs)).toEqual([4, 2])
    expect(order).toEqual(['short', 'short', 'long', 'short', 'short', 'long'])
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
