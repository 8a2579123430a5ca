import { alignToClock } from './clock-alignment.ts'
import { interdailyStability } from './stability-variability.ts'

/** Days of minutes that hold their own index, from a clock minute on. */
const counting = (minutes: number, startMinuteOfDay = 0) => ({
  minutes: Float64Array.from({ length: minutes }, (_, index) => index),
  startMinuteOfDay,
})

describe('a day on which the clock changes', () => {
  it('of 23 hours leaves the skipped hour unobserved', () => {
    const { minutes } = alignToClock(counting(2 * 1440 - 60), [{ index: 120, minutes: 60 }])
    expect(minutes).toHaveLength(2 * 1440)
    expect(minutes[119]).toBe(119)
    expect(minutes.subarray(120, 180).every(Number.isNaN)).toBe(true)
    expect(minutes[180]).toBe(120)
    expect(minutes.at(-1)).toBe(2 * 1440 - 61)
  })

  it('of 25 hours averages the repeated hour', () => {
    const { minutes } = alignToClock(counting(2 * 1440 + 60), [{ index: 180, minutes: -60 }])
    expect(minutes).toHaveLength(2 * 1440)
    expect(minutes[119]).toBe(119)
    expect([minutes[120], minutes[179]]).toEqual([(120 + 180) / 2, (179 + 239) / 2])
    expect(minutes[180]).toBe(240)
  })

  it('takes what was observed where only one of the two was', () => {
    const recording = counting(400)
    recording.minutes[125] = NaN
    expect(alignToClock(recording, [{ index: 180, minutes: -60 }]).minutes[125]).toBe(185)
  })

  it('begins before the first minute where the clock goes back at once', () => {
    const aligned = alignToClock(counting(200, 30), [{ index: 10, minutes: -60 }])
    expect(aligned.startMinuteOfDay).toBe(1420)
    expect([aligned.minutes[0], aligned.minutes[50]]).toEqual([10, (0 + 60) / 2])
  })

  it('changes nothing without a change inside the recording', () => {
    const recording = counting(100)
    for (const index of [0, 100, -5]) {
      expect(alignToClock(recording, [{ index, minutes: 60 }])).toBe(recording)
    }
  })

  it('keeps a life by the clock stable', () => {
    const byClock = (minute: number) => (minute % 1440 >= 480 ? 90 : 0)
    const elapsed = Float64Array.from({ length: 7 * 1440 - 60 }, (_, index) =>
      byClock(index < 3000 ? index : index + 60),
    )
    const recording = { minutes: elapsed, startMinuteOfDay: 0 }
    expect(interdailyStability(recording)).toBeLessThan(0.99)
    expect(interdailyStability(alignToClock(recording, [{ index: 3000, minutes: 60 }]))).toBeCloseTo(1, 12)
  })
})
