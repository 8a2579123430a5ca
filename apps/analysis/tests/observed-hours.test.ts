import { clockHours, hoursByDate, observesMinutes } from '../src/measures/observed-hours.ts'
import { sample } from './measure-fixtures.ts'

const hours = (...samples: Parameters<typeof clockHours>[0][number][]) =>
  hoursByDate(clockHours(samples)).get('2026-03-01') ?? []

describe('the observed hours of a civil day', () => {
  it.each([
    ['an instant observes its own hour', '10:59:59', '10:59:59', [10]],
    ['a sample observes each hour that it touches', '10:59:30', '11:00:30', [10, 11]],
    ['the instant at which a sample ends is not its own', '10:30:00', '11:00:00', [10]],
    ['a sample of an hour touches at most two', '10:30:00', '11:30:00', [10, 11]],
    ['a sample of more than an hour observes none', '10:00:00', '11:00:01', []],
  ])('%s', (_title, from, to, expected) => {
    expect(hours(sample(`2026-03-01T${from}Z`, `2026-03-01T${to}Z`))).toEqual(expected)
  })

  it('hold what reaches into the day from the day before', () => {
    expect(hours(sample('2026-02-28T23:50:00Z', '2026-03-01T00:10:00Z'))).toEqual([0])
  })

  it('are those of the clock of each sample', () => {
    const at = ['2026-03-01T02:30:00Z', '2026-03-01T02:30:00Z'] as const
    expect(hours(sample(...at, { timezone: 'Asia/Kolkata' }))).toEqual([8])
    expect(hours(sample(...at, { timezone: 'America/New_York' }))).toEqual([])
  })

  it.each([
    ['implausible', { verdict: 'implausible' }],
    ['a duplicate', { verdict: 'duplicate' }],
    ['deleted', { verdict: 'deleted' }],
    ['typed in', { user_entered: true }],
  ] as const)('are not observed by what is %s', (_title, rest) => {
    expect(observesMinutes(sample('2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', rest))).toBe(false)
  })
})
