import {
  type Recording,
  activityByDay,
  activityCounts,
  averageDay,
  cosinor24h,
  interdailyStability,
  intradailyVariability,
  leastActive5Hours,
  meanStabilityVariability,
  mostActive10Hours,
  nonWearIntervals,
  relativeAmplitude,
  restIntervals,
  sadeh,
  sleepRegularityIndex,
  sleepShare,
  transitionProbabilities,
} from './index.ts'

const series = (length: number, value: (minute: number) => number): Recording => ({
  minutes: Float64Array.from({ length }, (_, minute) => value(minute)),
  startMinuteOfDay: 0,
})
const square = (minute: number) => (minute % 1440 >= 480 ? 90 : 0)

/** Every measure of a series: `null` where it is undefined. */
function measuresOf(recording: Recording) {
  const profile = averageDay(recording)
  const [l5, m10] = [leastActive5Hours(profile), mostActive10Hours(profile)]
  const scored = sadeh(activityCounts(recording))
  return {
    is: interdailyStability(recording),
    iv: intradailyVariability(recording),
    ism: meanStabilityVariability(recording).interdailyStability,
    l5: l5?.mean ?? null,
    m10: m10?.mean ?? null,
    ra: relativeAmplitude(l5, m10),
    days: activityByDay(recording).length,
    mesor: cosinor24h(recording)?.mesor ?? null,
    astp: transitionProbabilities(recording).activeToRest,
    satp: transitionProbabilities(recording).restToActive,
    sri: sleepRegularityIndex(scored),
    asleep: sleepShare(scored),
    rests: restIntervals(scored).length,
    nonWear: nonWearIntervals(recording).length,
  }
}

const NOTHING = {
  is: null,
  iv: null,
  ism: null,
  l5: null,
  m10: null,
  ra: null,
  days: 0,
  mesor: null,
  astp: null,
  satp: null,
  sri: null,
  asleep: null,
  rests: 0,
  nonWear: 0,
}

describe('a series that is', () => {
  it.each([
    ['empty', series(0, () => 0), NOTHING],
    ['never observed', series(10080, () => NaN), { ...NOTHING, days: 7 }],
    ['one minute', series(1, () => 7), { ...NOTHING, astp: 1, asleep: 1 }],
    [
      'two hours of zeros',
      series(120, () => 0),
      { ...NOTHING, mesor: 0, satp: 1 / 120, asleep: 1, nonWear: 1 },
    ],
    [
      'all zero',
      series(10080, () => 0),
      { ...NOTHING, l5: 0, m10: 0, days: 7, mesor: 0, satp: 1 / 10080, sri: 100, asleep: 1, nonWear: 1 },
    ],
  ])('%s has stated values, and null for the rest', (_, recording, expected) => {
    const actual = measuresOf(recording)
    expect({ ...actual, mesor: actual.mesor === null ? null : Math.round(actual.mesor) }).toEqual(expected)
  })

  it('constant has levels and no variation', () => {
    expect(measuresOf(series(10080, () => 60))).toMatchObject({
      is: null,
      iv: null,
      ism: null,
      l5: 60,
      m10: 60,
      ra: 0,
      astp: 1 / 10080,
      satp: null,
      sri: 100,
      asleep: 0,
      nonWear: 0,
    })
    expect(cosinor24h(series(10080, () => 60))).toMatchObject({ peakMinute: null })
  })

  it('two weeks long has the rhythm of one', () => {
    expect(measuresOf(series(20160, square))).toMatchObject({
      is: 1,
      l5: 0,
      m10: 90,
      ra: 1,
      days: 14,
      rests: 14,
    })
    expect(measuresOf(series(10080, square))).toMatchObject({
      is: 1,
      l5: 0,
      m10: 90,
      ra: 1,
      days: 7,
      rests: 7,
    })
  })

  it.each([1, 2, 3, 4, 5, 6, 7])(
    'observed on %d days of a week has stability from two days on',
    (observed) => {
      const measures = measuresOf(
        series(10080, (minute) => (minute < observed * 1440 ? square(minute) : NaN)),
      )
      expect(measures.is).toEqual(observed === 1 ? null : 1)
      expect(measures).toMatchObject({ l5: 0, m10: 90, ra: 1, days: 7 })
      // The last two minutes look asleep, because nothing moves after them.
      if (observed === 1) expect(measures.sri).toBeNull()
      else expect(measures.sri).toBeCloseTo(100 - (200 * 2) / (1440 * (observed - 1)), 9)
    },
  )

  it('negative has no counts to score, and rhythm by the equations alone', () => {
    const negative = series(10080, (minute) => square(minute) - 100)
    expect(() => activityCounts(negative)).toThrow(expect.objectContaining({ kind: 'invalid' }))
    expect(interdailyStability(negative)).toBeCloseTo(1, 12)
    expect(leastActive5Hours(averageDay(negative))).toMatchObject({ mean: -100 })
  })

  it('infinite somewhere has no moments', () => {
    const infinite = series(10080, (minute) => (minute === 500 ? Infinity : square(minute)))
    expect(interdailyStability(infinite)).toBeNull()
    expect(intradailyVariability(infinite)).toBeNull()
    expect(cosinor24h(infinite)).toBeNull()
    expect(mostActive10Hours(averageDay(infinite))).toBeNull()
  })
})
