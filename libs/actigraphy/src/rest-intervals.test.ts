import fc from 'fast-check'
import { restIntervals } from './rest-intervals.ts'
import { SLEEP, UNSCORED, WAKE } from './sleep-wake.ts'
import { sleepWakeOf } from './testing/sleep-wake-of.ts'

describe('rest intervals', () => {
  it.each([
    ['from the first of five to the first of ten', 'w60 s160 w10 s4', [[60, 220]]],
    ['not of 159 minutes', 'w60 s159 w10', []],
    ['across wake of nine minutes', 'w60 s100 w9 s100 w60', [[60, 269]]],
    ['apart at wake of ten minutes', 's200 w10 s200 w10', [[0, 200], [210, 410]]], // prettier-ignore
    ['not from four minutes of sleep', 'w60 s4 w1 s200 w10', [[65, 265]]],
    ['across short sleep that no five minutes stand in', 's200 w9 s1 w9 s200 w10', [[0, 419]]],
    ['to the end of the recording', 'w60 s200 w9', [[60, 269]]],
    ['with unscored minutes as wake', 's200 -5 w5 s200 w10', [[0, 200], [210, 410]]], // prettier-ignore
    ['of a day', 's1440 w10', [[0, 1440]]],
    ['not of more than a day', 's1441 w10', []],
    ['not where nobody sleeps', 'w2000', []],
    ['not in two hours', 's120', []],
  ])('stand %s', (_, runs, expected) => {
    expect(restIntervals(sleepWakeOf(runs)).map(({ start, end }) => [start, end])).toEqual(expected)
  })

  it('lie in order and apart, each from asleep and of 160 to 1440 minutes, whatever the scoring', () => {
    const run = fc.tuple(fc.constantFrom(SLEEP, WAKE, UNSCORED), fc.integer({ min: 1, max: 400 }))
    fc.assert(
      fc.property(fc.array(run, { maxLength: 30 }), (runs) => {
        const states = Int8Array.from(
          runs.flatMap(([state, length]) => new Array<number>(length).fill(state)),
        )
        let previous = 0
        for (const { start, end } of restIntervals({ ...sleepWakeOf('s1'), states })) {
          expect(start).toBeGreaterThanOrEqual(previous)
          expect([...states.subarray(start, start + 5)]).toEqual([SLEEP, SLEEP, SLEEP, SLEEP, SLEEP])
          expect(end - start).toBeGreaterThanOrEqual(160)
          expect(end - start).toBeLessThanOrEqual(1440)
          expect(end).toBeLessThanOrEqual(states.length)
          previous = end
        }
      }),
    )
  })
})
