import {
  averageDay,
  clockRecording,
  cosinor24h,
  formatClock,
  interdailyStability,
  intradailyVariability,
  leastActive5Hours,
  mostActive10Hours,
  observedClockHours,
  relativeAmplitude,
  type Recording,
} from './index.ts'

const week = (value: (minute: number) => number, startMinuteOfDay = 0): Recording => ({
  minutes: Float64Array.from({ length: 7 * 1440 }, (_, index) => value(index + startMinuteOfDay)),
  startMinuteOfDay,
})
const square = (minute: number) => (minute % 1440 >= 480 && minute % 1440 < 1440 ? 90 : 0)
const cosine = (minute: number) => 200 + 100 * Math.cos((2 * Math.PI * (minute - 900)) / 1440)

describe('weeks with a closed form', () => {
  it('gives a week that repeats itself an IS of 1', () => {
    expect(interdailyStability(week(square))).toBeCloseTo(1, 12)
  })

  it('gives a square wave of 8 hours rest the IV of its 13 hourly jumps', () => {
    // 168 hours, two thirds at 90: Σ(x−x̄)² = 168·90²·2/9; 13 jumps of 90 (seven up, six down).
    expect(intradailyVariability(week(square))).toBeCloseTo(
      (168 * 13 * 90 ** 2) / (167 * 168 * 90 ** 2 * (2 / 9)),
      12,
    )
  })

  it('finds the rest and activity of a square wave, wherever the recording starts', () => {
    const profile = averageDay(week(square, 838))
    expect(leastActive5Hours(profile)).toEqual({ mean: 0, onsetMinute: 0, ties: 181 })
    expect(mostActive10Hours(profile)).toEqual({ mean: 90, onsetMinute: 480, ties: 361 })
    expect(relativeAmplitude(leastActive5Hours(profile), mostActive10Hours(profile))).toBe(1)
  })

  it('fits a cosine exactly, also when a third of its minutes is missing', () => {
    const recording = week(cosine)
    recording.minutes.forEach((_, index) => index % 3 === 0 && (recording.minutes[index] = NaN))
    const fit = cosinor24h(recording)!
    expect(fit.mesor).toBeCloseTo(200, 9)
    expect(fit.amplitude).toBeCloseTo(100, 9)
    expect(formatClock(fit.peakMinute!)).toBe('15:00')
  })
})

describe('weeks on which a measure is undefined', () => {
  it('gives an all-zero week zeros where they are defined and null for 0/0', () => {
    const zeros = week(() => 0)
    const profile = averageDay(zeros)
    expect(interdailyStability(zeros)).toBeNull()
    expect(intradailyVariability(zeros)).toBeNull()
    expect(leastActive5Hours(profile)?.mean).toBe(0)
    expect(relativeAmplitude(leastActive5Hours(profile), mostActive10Hours(profile))).toBeNull()
    expect(cosinor24h(zeros)).toEqual({ mesor: 0, amplitude: 0, peakMinute: null })
  })

  it('gives a week without any observed minute null everywhere', () => {
    const empty = week(() => NaN)
    expect(interdailyStability(empty)).toBeNull()
    expect(intradailyVariability(empty)).toBeNull()
    expect(leastActive5Hours(averageDay(empty))).toBeNull()
    expect(relativeAmplitude(null, null)).toBeNull()
    expect(cosinor24h(empty)).toBeNull()
  })

  it('names no least active hours where the nights were never observed, and most active ones', () => {
    const profile = averageDay(week((minute) => (minute % 1440 < 420 || minute % 1440 >= 1380 ? NaN : 10)))
    expect(leastActive5Hours(profile)).toBeNull()
    expect(mostActive10Hours(profile)).toMatchObject({ mean: 10, onsetMinute: 420 })
  })

  it('names none where windows of that length were never observed, or as much of the clock was not', () => {
    const dark = (minutes: number) =>
      averageDay(week((minute) => (minute % 1440 < minutes ? NaN : minute % 1440)))
    expect(leastActive5Hours(dark(299))).toMatchObject({ onsetMinute: 299 })
    expect(leastActive5Hours(dark(300))).toBeNull()
    expect(mostActive10Hours(dark(599))).toMatchObject({ onsetMinute: 840 })
    expect(mostActive10Hours(dark(600))).toBeNull()
    expect(
      leastActive5Hours(averageDay(week((minute) => ((minute % 1440) % 200 === 0 ? NaN : 1)))),
    ).toBeNull()
  })
})

describe('the grid by clock time', () => {
  it('keeps unobserved hours apart from hours without steps', () => {
    const hours = observedClockHours(1, [
      { day: 0, clockMinute: 605 },
      { day: 0, clockMinute: 725 },
      { day: 3, clockMinute: 0 },
    ])
    const { minutes } = clockRecording({ hours, samples: [{ day: 0, clockMinute: 605, value: 30 }] })
    expect([minutes[605], minutes[606], minutes[725]]).toEqual([30, 0, 0])
    expect(minutes[660]).toBeNaN()
  })

  it('averages the hour that the clock shows twice', () => {
    const hours = observedClockHours(1, [{ day: 0, clockMinute: 90 }])
    const samples = [20, 40].map((value) => ({ day: 0, clockMinute: 90, value }))
    const { minutes } = clockRecording({ hours, samples, repeats: new Set([90]) })
    expect(minutes[90]).toBe(30)
  })
})
