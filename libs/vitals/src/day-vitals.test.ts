import type { Sample } from '@clarity/health-data'
import { reachesNextDay, vitalsByDay } from './day-vitals.ts'
import { MONDAY } from './testing/readings-of.ts'
import { sampleOf, stageSamples } from './testing/sleep-session.ts'

const MINUTE = 60_000
/** Sleep from 23:00 on Sunday to 07:00 on Monday. */
const SLEEP = stageSamples('c300 r180', MONDAY - 60 * MINUTE)
const at = (type: string, minute: number, value: number, parts: Partial<Sample> = {}) =>
  sampleOf({ type, start: MONDAY + minute * MINUTE, end: MONDAY + minute * MINUTE, value, ...parts })
const monday = (samples: readonly Sample[]) => vitalsByDay(['2026-03-02'], samples).get('2026-03-02')

describe('the figures of a day', () => {
  it('take the night’s readings from both civil days, and the day’s from the hours awake', () => {
    const samples = [
      ...SLEEP,
      at('heart_rate', -30, 50),
      at('heart_rate', 120, 54),
      at('heart_rate', 700, 80),
      at('heart_rate_variability_sdnn', -50, 60),
      at('heart_rate_variability_sdnn', 300, 70),
      at('heart_rate_variability_sdnn', 900, 20),
      at('respiratory_rate', 10, 15),
    ]
    expect(monday(samples)).toMatchObject({
      heart_rate: 67,
      night_heart_rate: 52,
      day_heart_rate: 80,
      night_dip: 35,
      night_sdnn: 65,
      night_respiratory_rate: 15,
      asleep: 480,
    })
  })

  it('say how long oxygen was low in the night, a reading standing for five minutes at most', () => {
    const samples = [
      ...SLEEP,
      at('oxygen_saturation', 0, 96),
      at('oxygen_saturation', 2, 91),
      at('oxygen_saturation', 30, 89),
    ]
    expect(monday([...samples, at('oxygen_saturation', 800, 80)])).toMatchObject({
      night_oxygen: 91,
      oxygen_minutes: 12,
      oxygen_below_94: 10,
      oxygen_below_92: 10,
      oxygen_below_90: 5,
    })
  })

  it('hold nothing of a night where none was recorded', () => {
    const figures = monday([
      at('heart_rate', 30, 50),
      at('oxygen_saturation', 30, 95),
      at('vo2_max', 600, 41),
    ])
    expect(figures).toEqual({ heart_rate: 50, vo2_max: 41 })
  })

  it('hold naps apart, and a wrist temperature on the day of waking', () => {
    const temperature = sampleOf({
      type: 'apple_sleeping_wrist_temperature',
      start: MONDAY - 60 * MINUTE,
      end: MONDAY + 420 * MINUTE,
      value: 35.4,
    })
    const nap = stageSamples('c25', MONDAY + 840 * MINUTE)
    expect(monday([...SLEEP, ...nap, temperature])).toMatchObject({
      naps: 25,
      asleep: 480,
      wrist_temperature: 35.4,
    })
  })

  it('are the same in any order of the samples', () => {
    const samples = [
      ...SLEEP,
      at('heart_rate', 5, 51),
      at('heart_rate', 9, 57),
      at('respiratory_rate', 8, 14),
    ]
    expect(monday(samples.toReversed())).toEqual(monday(samples))
  })

  it.each([
    ['not accepted', at('heart_rate', 5, 51, { verdict: 'implausible' })],
    ['no number', at('heart_rate', 5, NaN)],
    ['negative', at('heart_rate', 5, -1)],
    ['infinite', at('heart_rate', 5, Infinity)],
  ])('leave out a reading that is %s', (_, sample) => {
    expect(monday([sample])).toEqual({})
  })

  it('are plain JSON, one record for each date asked', () => {
    const days = vitalsByDay(['2026-03-01', '2026-03-02'], SLEEP)
    expect(days.get('2026-03-01')).toEqual({})
    const figures = days.get('2026-03-02')
    expect(JSON.parse(JSON.stringify(figures))).toEqual(figures)
  })

  it('depend on the day before for the types that a night reads', () => {
    expect(reachesNextDay(at('heart_rate', 0, 60))).toBe(true)
    expect(reachesNextDay(at('step_count', 0, 60))).toBe(false)
  })
})
