import { cadenceBands } from './cadence.ts'
import { glucoseSummary } from './glucose.ts'
import type { Reading } from './readings.ts'
import { highestSustained, lowestSustained } from './sustained.ts'
import { everyMinutes, readingsOf } from './testing/readings-of.ts'
import { timeWeightedMean } from './time-weighted.ts'
import { trendOf } from './trend.ts'

const FIVE = { minutes: 5, gapMinutes: 5 }
const repeat = (count: number, value: number) => new Array<number>(count).fill(value)

/** What each function says of one series: its value, `null` where it is undefined. */
function figuresOf(readings: readonly Reading[]) {
  const days = readings.map(({ value }, day) => ({ day, value }))
  return {
    mean: timeWeightedMean(readings, 10).value,
    lowest: lowestSustained(readings, FIVE).value,
    highest: highestSustained(readings, FIVE).value,
    glucose: glucoseSummary(readings).value?.mean ?? null,
    trend: days.length > 100 ? null : (trendOf(days).value?.perWeek ?? null),
    minutes: cadenceBands(Float64Array.from(readings, ({ value }) => value)).value?.brisk ?? null,
  }
}

const NOTHING = { mean: null, lowest: null, highest: null, glucose: null, trend: null, minutes: null }
const ZERO = { mean: 0, lowest: 0, highest: 0, glucose: 0, trend: 0, minutes: 0 }
const LEVEL = { mean: 110, lowest: 110, highest: 110, glucose: 110, trend: 0 }
const rising = everyMinutes(1, [101, 102, 103, 104, 105, 106, 107, 108])
const RISING = { lowest: 106, highest: 103, glucose: 104.5, minutes: 8 }

describe('a series that is', () => {
  it.each([
    ['empty', [], NOTHING],
    ['one minute', readingsOf([0, 110]), { ...NOTHING, mean: 110, glucose: 110, minutes: 1 }],
    ['constant for two hours', everyMinutes(5, repeat(24, 110)), { ...LEVEL, minutes: 24 }],
    [
      'constant for 20160 minutes',
      everyMinutes(1, repeat(20_160, 110)),
      { ...LEVEL, trend: null, minutes: 20_160 },
    ],
    ['all zero', everyMinutes(1, repeat(30, 0)), ZERO],
    ['no number throughout', everyMinutes(1, repeat(30, NaN)), NOTHING],
    ['infinite throughout', everyMinutes(1, repeat(30, Infinity)), NOTHING],
    ['negative throughout', everyMinutes(1, repeat(30, -1)), { ...NOTHING, trend: 0 }],
    [
      'no number and negative in part',
      [...everyMinutes(1, [110, NaN, -3, NaN, 110, 110, 110])],
      { ...LEVEL, trend: null, minutes: 4 },
    ],
  ])('%s has its stated figures', (_, readings, expected) => {
    expect(figuresOf(readings)).toEqual(expected)
  })

  it('unordered or duplicated is told as the series in order, each reading once', () => {
    const { trend: _, minutes, ...inOrder } = figuresOf(rising)
    expect({ ...inOrder, minutes }).toMatchObject(RISING)
    expect(figuresOf(rising.toReversed())).toMatchObject(inOrder)
    expect(figuresOf([...rising, ...rising])).toMatchObject(inOrder)
  })
})
