import fc from 'fast-check'
import { nightMetrics } from './night-metrics.ts'
import { sleepWakeOf } from './testing/sleep-wake-of.ts'

describe('night metrics', () => {
  it('count from lights out to rising', () => {
    const night = nightMetrics(sleepWakeOf('w30 s100 w10 s200 w5 s135 w20'), { start: 0, end: 500 })
    expect(night).toEqual({
      timeInBed: 500,
      unscored: 0,
      onset: 30,
      offset: 480,
      latency: 30,
      sleepPeriod: 450,
      totalSleep: 435,
      wakeAfterOnset: 15,
      awakenings: 2,
      snooze: 20,
      midSleep: 255,
      efficiency: 87,
      maintenance: (100 * 435) / 450,
    })
  })

  it('begin sleep at the first of ten minutes in a row where asked', () => {
    const scored = sleepWakeOf('w5 s9 w1 s10 w5')
    const interval = { start: 0, end: 30 }
    expect(nightMetrics(scored, interval)).toMatchObject({ latency: 5, totalSleep: 19, awakenings: 1 })
    expect(nightMetrics(scored, interval, 'first-of-10')).toMatchObject({ latency: 15, totalSleep: 10 })
    expect(nightMetrics(sleepWakeOf('s9 w1'), { start: 0, end: 10 }, 'first-of-10')).toMatchObject({
      onset: null,
      totalSleep: 0,
    })
  })

  it('leave unscored minutes out of every ratio', () => {
    const night = nightMetrics(sleepWakeOf('s100 -50 s100 w50'), { start: 0, end: 300 })
    expect(night).toMatchObject({
      timeInBed: 300,
      unscored: 50,
      totalSleep: 200,
      wakeAfterOnset: 0,
      awakenings: 0,
      efficiency: 80,
      maintenance: 100,
    })
  })

  it('without sleep have an efficiency of 0 and no onset', () => {
    expect(nightMetrics(sleepWakeOf('w60'), { start: 0, end: 60 })).toMatchObject({
      efficiency: 0,
      totalSleep: 0,
      onset: null,
      latency: null,
      wakeAfterOnset: null,
      awakenings: null,
      maintenance: null,
    })
  })

  it.each([
    ['outside the recording', { start: 100, end: 200 }],
    ['empty', { start: 5, end: 5 }],
    ['reversed', { start: 9, end: 5 }],
  ])('are null on an interval that is %s', (_, interval) => {
    expect(nightMetrics(sleepWakeOf('s60'), interval)).toBeNull()
  })

  it('are null where nothing was scored, and count what lies outside the recording as unscored', () => {
    expect(nightMetrics(sleepWakeOf('-60'), { start: 0, end: 60 })).toBeNull()
    expect(nightMetrics(sleepWakeOf('s60'), { start: -20, end: 100 })).toMatchObject({
      timeInBed: 120,
      unscored: 60,
      latency: 20,
      efficiency: 100,
    })
  })

  it('add up, whatever the states', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 200 }), (states) => {
        const scored = { ...sleepWakeOf('s1'), states: Int8Array.from(states) }
        const night = nightMetrics(scored, { start: 0, end: states.length })!
        if (night.onset === null) return
        expect(night.latency! + night.sleepPeriod + night.snooze).toBe(night.timeInBed)
        expect(night.totalSleep + night.wakeAfterOnset!).toBe(night.sleepPeriod)
        expect(night.totalSleep).toBe(states.filter((state) => state === 1).length)
      }),
    )
  })
})
