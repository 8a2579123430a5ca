import { daySleep } from '@clarity/health-data'
import { nightFigures } from './sleep-night.ts'
import { nightOf, sampleOf } from './testing/sleep-session.ts'
import { MONDAY } from './testing/readings-of.ts'

describe('the figures of a night', () => {
  // By hand: 480 min from 23:00 to 07:00, of which 14 + 4 awake, in bed 20 min earlier.
  const figures = nightFigures(nightOf('c120 a14 d90 a4 r102 c150', 20))

  it('are those of the definitions', () => {
    expect(figures).toEqual({
      asleep: 462,
      in_bed: 500,
      latency: 20,
      awake_after_onset: 18,
      awakenings: 2,
      long_awakenings: 1,
      efficiency: 92.4,
      maintenance: (100 * 462) / 480,
      core_share: (100 * 270) / 462,
      deep_share: (100 * 90) / 462,
      rem_share: (100 * 102) / 462,
      onset_minute: -60,
      waking_minute: 420,
      middle_minute: 180,
    })
  })

  it('count what is awake before the first and after the last sleep to the time in bed alone', () => {
    const { awake_after_onset, latency, efficiency } = nightFigures(nightOf('a30 c400 a20', 0))!
    expect([awake_after_onset, latency, efficiency]).toEqual([0, 30, (100 * 400) / 450])
  })

  it('take the time in bed around the first sleep for going to bed, not an earlier one', () => {
    const night = nightOf('c400', 0)
    const [bed] = night.inBed
    const rest = { start: bed!.start - 180 * 60_000, end: bed!.start - 120 * 60_000 }
    expect(nightFigures({ ...night, inBed: [rest, bed!] })).toMatchObject({ latency: 0 })
    expect(nightFigures({ ...night, inBed: [rest] })).not.toHaveProperty('latency')
  })

  it('take stretches awake that touch as one awakening', () => {
    expect(nightFigures(nightOf('c60 a3 a4 c60'))).toMatchObject({ awakenings: 1, long_awakenings: 1 })
  })

  it('hold no wakefulness, no efficiency and no latency of a device that records neither wake nor bed', () => {
    const told = Object.keys(nightFigures(nightOf('u400'))!)
    expect(told).toEqual(['asleep', 'onset_minute', 'waking_minute', 'middle_minute'])
  })

  it('hold no efficiency above 100 %', () => {
    const night = { ...nightOf('c400', 0), inBedMinutes: 300 }
    expect(nightFigures(night)).not.toHaveProperty('efficiency')
  })

  it('of a night that came as sums are sums and shares', () => {
    const summed = sampleOf({
      type: 'sleep_night',
      start: MONDAY - 3_600_000,
      end: MONDAY + 7 * 3_600_000,
      value: 400,
      metadata: { core_minutes: 200, deep_minutes: 80, rem_minutes: 120, in_bed_minutes: 480 },
    })
    const night = daySleep([], [summed]).get('2026-03-02')!.night
    expect(nightFigures(night)).toEqual({
      asleep: 400,
      in_bed: 480,
      efficiency: (100 * 400) / 480,
      core_share: 50,
      deep_share: 20,
      rem_share: 30,
    })
  })

  it.each([
    ['time in bed alone', 'b480'],
    ['wakefulness alone', 'a480'],
  ])('are null for %s', (_, words) => {
    expect(nightFigures(nightOf(words))).toBeNull()
  })

  it('use the clock of the zone of waking, on a night on which the clocks change too', () => {
    const start = Date.parse('2026-03-28T22:00:00Z')
    const sleep = sampleOf({
      type: 'sleep_analysis',
      start,
      end: start + 7 * 3_600_000,
      value: 3,
      timezone: 'Europe/Berlin',
    })
    const night = daySleep([sleep], []).get('2026-03-29')!.night
    expect(nightFigures(night)).toMatchObject({
      asleep: 420,
      onset_minute: -60,
      waking_minute: 420,
      middle_minute: 180,
    })
  })
})
