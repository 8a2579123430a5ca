import { stepGrid } from '../src/measures/step-grid.ts'
import { input, sample } from './measure-fixtures.ts'

const PHONE = { name: 'iPhone', bundle_id: null, product: 'iPhone15,2' }
const minuteOf = (day: number, clock: string) => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return day * 1440 + hours * 60 + minutes
}

describe('the minute grid of steps', () => {
  it('spreads a sum evenly over its span', () => {
    const { minutes } = stepGrid(
      input([sample('2026-03-01T10:00:30Z', '2026-03-01T10:02:30Z', { value: 40 })]),
    )
    expect([...minutes.subarray(minuteOf(0, '10:00'), minuteOf(0, '10:04'))]).toEqual([10, 20, 10, 0])
  })

  it('leaves an hour in which nothing was recorded unobserved', () => {
    const heart = sample('2026-03-01T03:15:00Z', '2026-03-01T03:15:00Z', { type: 'heart_rate', value: 50 })
    const { minutes } = stepGrid(input([heart]))
    expect(minutes[minuteOf(0, '03:40')]).toBe(0)
    expect(minutes[minuteOf(0, '04:00')]).toBeNaN()
    expect(minutes.filter((minute) => !Number.isNaN(minute))).toHaveLength(60)
  })

  it('counts time that two devices saw once, as the watch has it', () => {
    const span = ['2026-03-01T10:00:00Z', '2026-03-01T10:01:00Z'] as const
    const both = [sample(...span, { value: 50 }), sample(...span, { value: 45, source: PHONE })]
    expect(stepGrid(input(both)).minutes[minuteOf(0, '10:00')]).toBe(50)
  })

  it('takes no minute from a sample that is longer than an hour, implausible or typed in', () => {
    const { minutes } = stepGrid(
      input([
        sample('2026-03-01T08:00:00Z', '2026-03-01T09:00:01Z', { value: 3600 }),
        sample('2026-03-01T12:00:00Z', '2026-03-01T12:01:00Z', { verdict: 'implausible' }),
        sample('2026-03-01T13:00:00Z', '2026-03-01T13:01:00Z', { user_entered: true }),
      ]),
    )
    expect(minutes.every(Number.isNaN)).toBe(true)
  })

  it('puts a sum without an end into its minute, and a larger one over its hour', () => {
    const open = { extent: 'missing' } as const
    const { minutes } = stepGrid(
      input([
        sample('2026-03-01T10:07:00Z', '2026-03-01T10:07:00Z', { ...open, value: 80 }),
        sample('2026-03-01T11:00:00Z', '2026-03-01T11:00:00Z', { ...open, value: 1200 }),
      ]),
    )
    expect(minutes[minuteOf(0, '10:07')]).toBe(80)
    expect(minutes[minuteOf(0, '11:35')]).toBe(20)
  })

  it('uses the clock of the window: hours that are skipped are unobserved, hours shown twice are averaged', () => {
    const zone = { timezone: 'America/New_York' }
    const spring = [
      sample('2026-03-08T06:30:00Z', '2026-03-08T06:31:00Z'),
      sample('2026-03-08T07:30:00Z', '2026-03-08T07:31:00Z'),
    ]
    const { minutes } = stepGrid(input(spring, { ...zone, start: '2026-03-08', end: '2026-03-08' }))
    expect([minutes[minuteOf(0, '01:30')], minutes[minuteOf(0, '03:30')]]).toEqual([10, 10])
    expect(minutes[minuteOf(0, '02:30')]).toBeNaN()

    const twice = [
      sample('2026-11-01T05:30:00Z', '2026-11-01T05:31:00Z', { value: 20 }),
      sample('2026-11-01T06:30:00Z', '2026-11-01T06:31:00Z', { value: 40 }),
    ]
    const autumn = stepGrid(input(twice, { ...zone, start: '2026-11-01', end: '2026-11-01' }))
    expect(autumn.minutes[minuteOf(0, '01:30')]).toBe(30)

    const once = stepGrid(input(twice.slice(0, 1), { ...zone, start: '2026-11-01', end: '2026-11-01' }))
    expect(once.minutes[minuteOf(0, '01:30')]).toBe(20)
  })
})
