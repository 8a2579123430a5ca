import fc from 'fast-check'
import { highestSustained, lowestSustained } from './sustained.ts'
import { MONDAY, everyMinutes, readingsOf } from './testing/readings-of.ts'

const FIVE = { minutes: 5, gapMinutes: 5 }

describe('the lowest level that lasts', () => {
  it.each([
    ['the highest of its stretch', everyMinutes(1, [96, 89, 88, 89, 87, 88, 86, 96]), 89],
    ['not moved by one low reading', everyMinutes(1, [96, 96, 96, 70, 96, 96, 96]), 96],
    ['told by two readings five minutes apart', readingsOf([0, 88], [5, 87]), 88],
    ['told by one reading of its own length', [{ start: 0, end: 300_000, value: 87 }], 87],
    [
      'not told by a long reading without what was read within it',
      [{ start: MONDAY, end: MONDAY + 600_000, value: 87 }, ...readingsOf([3, 95])],
      95,
    ],
    [
      'told by what lasts, not by a longer reading before it',
      [{ start: MONDAY, end: MONDAY + 600_000, value: 95 }, ...readingsOf([2, 85])],
      95,
    ],
    ['the lower of two stretches', [...everyMinutes(5, [92, 91]), ...everyMinutes(5, [88, 89], 60)], 89],
    [
      'the same in any order and twice',
      [...everyMinutes(1, [88, 89, 88, 87, 86, 85]), ...readingsOf([0, 88])].reverse(),
      89,
    ],
    ['without what is no number or negative', readingsOf([0, 88], [1, NaN], [2, -1], [5, 87]), 88],
  ])('is %s', (_, readings, expected) => {
    expect(lowestSustained(readings, FIVE).value).toBe(expected)
  })

  it.each([
    ['readings half an hour apart', everyMinutes(30, [80, 80, 80])],
    ['four minutes of readings', everyMinutes(1, [80, 80, 80, 80, 80])],
    ['one reading', readingsOf([0, 80])],
    ['none', []],
  ])('is null for %s', (_, readings) => {
    expect(lowestSustained(readings, FIVE)).toEqual({
      value: null,
      reason: 'no 5 minutes with readings at most 5 minutes apart',
    })
  })

  it('is what comparing all stretches gives, upside down too', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 80, max: 99 })))
    fc.assert(
      fc.property(pairs, (given) => {
        const readings = readingsOf(...new Map(given))
        const levels = stretchesOf(new Map(given)).map((stretch) => Math.max(...stretch))
        expect(lowestSustained(readings, FIVE).value).toBe(levels.length > 0 ? Math.min(...levels) : null)
        const lows = stretchesOf(new Map(given)).map((stretch) => Math.min(...stretch))
        expect(highestSustained(readings, FIVE).value).toBe(lows.length > 0 ? Math.max(...lows) : null)
      }),
      { numRuns: 200 },
    )
  })
})

/** The values of every stretch of five minutes or longer without a gap. */
function stretchesOf(values: ReadonlyMap<number, number>): number[][] {
  const minutes = [...values.keys()].sort((a, b) => a - b)
  return minutes.flatMap((from, first) =>
    minutes.slice(first).flatMap((to, index) => {
      const within = minutes.slice(first, first + index + 1)
      const hasGap = within.some((minute, place) => minute - (within[place - 1] ?? minute) > 5)
      return to - from >= 5 && !hasGap ? [within.map((minute) => values.get(minute)!)] : []
    }),
  )
}
