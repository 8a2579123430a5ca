import { daySleep } from '@clarity/health-data'
import { recordedSleepStates } from './sleep-states.ts'
import { MONDAY } from './testing/readings-of.ts'
import { stageSamples } from './testing/sleep-session.ts'

const DAY = 86_400_000
const night = (day: number, words = 'c240 a10 r230') => stageSamples(words, MONDAY + day * DAY - 3_600_000)

function statesOf(samples: ReturnType<typeof night>, dates: readonly string[], timezone = 'UTC') {
  const days = daySleep(samples, [])
  const sessions = new Map([...days].map(([date, day]) => [date, [day.night, ...day.naps]]))
  return recordedSleepStates({ sessions, dates, timezone })
}
const count = (states: Int8Array, state: number) => states.filter((value) => value === state).length

describe('recorded sleep states', () => {
  it('are asleep where a stage of sleep is, and awake in the rest of a recorded day from noon to noon', () => {
    const states = statesOf(night(0), ['2026-03-02'])
    expect(states).toHaveLength(1440)
    expect([count(states, 1), count(states, 0), count(states, -1)]).toEqual([470, 970, 0])
    expect([...states.subarray(658, 662)]).toEqual([0, 0, 1, 1])
  })

  it('are unknown on days without a night with stages', () => {
    const states = statesOf([...night(0), ...night(2)], ['2026-03-02', '2026-03-03', '2026-03-04'])
    expect([count(states, 1), count(states, 0), count(states, -1)]).toEqual([940, 1940, 1440])
    expect(count(statesOf([], ['2026-03-02']), -1)).toBe(1440)
  })

  it('hold naps too', () => {
    const nap = stageSamples('c30', MONDAY - 10 * 3_600_000)
    const states = statesOf(
      [...nap, ...night(0), ...stageSamples('u20', MONDAY + 11 * 3_600_000)],
      ['2026-03-02'],
    )
    expect(count(states, 1)).toBe(490)
  })

  it('have 23 hours on the day on which clocks go forward', () => {
    expect(statesOf([], ['2026-03-29'], 'Europe/Berlin')).toHaveLength(23 * 60)
  })

  it('are empty without dates', () => {
    expect(statesOf(night(0), [])).toHaveLength(0)
  })
})
