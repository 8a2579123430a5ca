import fc from 'fast-check'
import { sleepRegularityIndex } from './sleep-regularity.ts'
import { sleepWakeOf } from './testing/sleep-wake-of.ts'

describe('the sleep regularity index', () => {
  it.each([
    ['100 for days that are all alike', 's480 w960 s480 w960 s480 w960', 100],
    ['−100 for days that are each the reverse of the last', 's720 w720 w720 s720 s720 w720', -100],
    ['0 where every second minute pair agrees', 's1440 s720 w720', 0],
    ['50 where three quarters agree', 's1440 s1080 w360', 50],
    ['that of the pairs of which both are scored', 's1440 s720 -720', 100],
    ['null for a day', 's1440', null],
    ['null for two hours', 's120', null],
    ['null where nothing is scored', '-2880', null],
    ['that of one pair for a day and a minute', 's1440 w1', -100],
  ])('is %s', (_, runs, expected) => {
    expect(sleepRegularityIndex(sleepWakeOf(runs))).toBe(expected)
  })

  it('lies in −100..100 and is the same when sleep and wake change places', () => {
    const states = fc.array(fc.constantFrom(-1, 0, 1), { minLength: 1441, maxLength: 3000 })
    fc.assert(
      fc.property(states, (given) => {
        const index = sleepRegularityIndex({ ...sleepWakeOf('s1'), states: Int8Array.from(given) })
        const swapped = Int8Array.from(given, (state) => (state < 0 ? state : 1 - state))
        expect(sleepRegularityIndex({ ...sleepWakeOf('s1'), states: swapped })).toBe(index)
        if (index !== null) expect(Math.abs(index)).toBeLessThanOrEqual(100)
      }),
      { numRuns: 20 },
    )
  })
})
