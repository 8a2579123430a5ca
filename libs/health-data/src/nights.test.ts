import { daySleep, sleepStage } from './index.ts'
import { buildSample, otherApp, phone } from '../tests/build-sample.ts'

const { inBed, unspecified, awake, core, deep, rem } = sleepStage
const segment = (value: number, start: string, end: string, more: object = {}) =>
  buildSample({
    type: 'sleep_analysis',
    value,
    start: `2025-03-${start}:00Z`,
    end: `2025-03-${end}:00Z`,
    ...more,
  })
const night = [
  segment(core, '01T23:00', '02T01:00'),
  segment(deep, '02T01:00', '02T02:00'),
  segment(awake, '02T02:00', '02T02:30'),
  segment(rem, '02T02:30', '02T04:00'),
]

describe('nights', () => {
  it('belong to the day of waking, staged', () => {
    expect(daySleep(night, []).get('2025-03-02')).toMatchObject({
      napsMinutes: 0,
      night: {
        asleepMinutes: 270,
        coreMinutes: 120,
        deepMinutes: 60,
        remMinutes: 90,
        awakeMinutes: 30,
        unspecifiedMinutes: 0,
        inBedMinutes: null,
      },
    })
  })

  it('have stages where one source tells them, and plain sleep only around those', () => {
    const plain = segment(unspecified, '01T22:30', '02T05:00')
    expect(daySleep([plain, ...night], []).get('2025-03-02')?.night).toMatchObject({
      asleepMinutes: 360,
      coreMinutes: 120,
      deepMinutes: 60,
      remMinutes: 90,
      awakeMinutes: 30,
      unspecifiedMinutes: 90,
    })
  })

  it('take their stages from the source of highest priority and time in bed from any', () => {
    const others = [
      segment(unspecified, '01T22:30', '02T05:00', { source: otherApp }),
      segment(inBed, '01T22:00', '02T05:30', { source: phone }),
    ]
    expect(daySleep([...night, ...others], []).get('2025-03-02')?.night).toMatchObject({
      asleepMinutes: 270,
      unspecifiedMinutes: 0,
      inBedMinutes: 450,
      start: Date.parse('2025-03-01T23:00:00Z'),
      end: Date.parse('2025-03-02T04:00:00Z'),
    })
  })

  it('leave stages open where only unspecified sleep is known', () => {
    const rough = [segment(unspecified, '01T23:00', '02T05:00', { source: otherApp })]
    expect(daySleep(rough, []).get('2025-03-02')?.night).toMatchObject({
      asleepMinutes: 360,
      unspecifiedMinutes: 360,
      coreMinutes: null,
      deepMinutes: null,
      awakeMinutes: null,
    })
  })

  it('leave sleep open where only time in bed is known', () => {
    expect(daySleep([segment(inBed, '01T22:00', '02T05:00')], []).get('2025-03-02')?.night).toMatchObject({
      asleepMinutes: null,
      inBedMinutes: 420,
    })
  })

  it('keep naps apart', () => {
    const nap = segment(core, '02T14:00', '02T14:35')
    expect(daySleep([...night, nap], []).get('2025-03-02')).toMatchObject({
      napsMinutes: 35,
      night: { asleepMinutes: 270, coreMinutes: 120 },
    })
  })

  it('end on the civil day of the zone of waking', () => {
    const sample = segment(core, '01T20:00', '02T03:00', { timezone: 'America/New_York' })
    expect([...daySleep([sample], []).keys()]).toEqual(['2025-03-01'])
  })

  it('count overlapping segments of one source once', () => {
    const overlapping = [segment(core, '01T23:00', '02T01:00'), segment(deep, '02T00:30', '02T02:00')]
    expect(daySleep(overlapping, []).get('2025-03-02')?.night).toMatchObject({
      coreMinutes: 120,
      deepMinutes: 60,
    })
  })
})

describe('nights that the client summed', () => {
  const summed = (value: number, end: string) =>
    buildSample({
      type: 'sleep_night',
      value,
      start: '2025-03-01T23:00:00Z',
      end: `2025-03-02T${end}:00Z`,
      metadata: { core_minutes: value, in_bed_minutes: 400 },
    })

  it('stand where no segments tell of the day, the longest once', () => {
    const sleep = daySleep([], [summed(200, '03:00'), summed(380, '06:00')]).get('2025-03-02')
    expect(sleep).toMatchObject({
      napsMinutes: 0,
      night: { asleepMinutes: 380, inBedMinutes: 400, deepMinutes: null },
    })
  })

  it('give way to segments', () => {
    expect(daySleep(night, [summed(380, '06:00')]).get('2025-03-02')?.night.asleepMinutes).toBe(270)
  })
})
