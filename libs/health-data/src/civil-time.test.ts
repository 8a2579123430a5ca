import {
  addDays,
  civilDate,
  civilDay,
  datesBetween,
  formatInstant,
  instantOf,
  isTimezone,
  offsetAt,
  startOfDay,
  utcDate,
} from './index.ts'

const hours = (zone: string, date: string) =>
  (startOfDay(zone, addDays(date, 1)) - startOfDay(zone, date)) / 3_600_000
const iso = (instant: number) => new Date(instant).toISOString()

describe('civil time', () => {
  it.each([
    ['America/New_York', '2025-03-08', 24],
    ['America/New_York', '2025-03-09', 23],
    ['America/New_York', '2025-11-02', 25],
    ['Australia/Lord_Howe', '2025-04-06', 24.5],
    ['Asia/Kolkata', '2025-03-09', 24],
    ['+02:00', '2025-03-30', 24],
  ])('in %s the day %s has %d hours', (zone, date, length) => {
    expect(hours(zone, date)).toBe(length)
  })

  it('starts a day at its first instant where midnight does not exist', () => {
    expect(iso(startOfDay('Asia/Beirut', '2024-03-31'))).toBe('2024-03-30T22:00:00.000Z')
    expect(civilDate('Asia/Beirut', startOfDay('Asia/Beirut', '2024-03-31'))).toBe('2024-03-31')
  })

  it('cuts days by local midnight, not by UTC', () => {
    const instant = Date.parse('2025-03-01T04:59:59.999Z')
    expect(civilDate('America/New_York', instant)).toBe('2025-02-28')
    expect(civilDate('America/New_York', instant + 1)).toBe('2025-03-01')
    expect(utcDate(instant)).toBe('2025-03-01')
  })

  it.each([
    ['America/New_York', '2025-11-02T06:00:00Z'],
    ['America/St_Johns', '2005-10-30T02:31:00Z'],
    ['Asia/Beirut', '2024-03-30T22:00:00Z'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['+05:30', '2025-03-01T18:30:00Z'],
    ['Europe/London', '1899-12-31T23:00:00Z'],
  ])('knows in %s the civil day of every instant, in any order, around %s', (zone, change) => {
    const around = Array.from({ length: 600 }, (_, index) => Date.parse(change) + (index - 300) * 421_000)
    const scattered = around.map((_, index) => around[(index * 7) % around.length]!)
    const instants = [Date.parse(change) - 0.001, ...around, ...around.toReversed(), ...scattered]
    const days = instants.map((instant) => Math.floor((instant + offsetAt(zone, instant)) / 86_400_000))
    expect(instants.map((instant) => civilDay(zone, instant))).toEqual(days)
    expect(instants.map((instant) => civilDate(zone, instant))).toEqual(
      days.map((day) => utcDate(day * 86_400_000)),
    )
  })

  it('changes the offset in the very second of a DST change', () => {
    const change = Date.parse('2025-03-09T07:00:00Z')
    expect(offsetAt('America/New_York', change - 1)).toBe(-5 * 3_600_000)
    expect(offsetAt('America/New_York', change)).toBe(-4 * 3_600_000)
  })

  it('reads a wall time that occurs twice as the first and one that is skipped as that much later', () => {
    expect(iso(instantOf('America/New_York', Date.parse('2025-11-02T01:30:00Z')))).toBe(
      '2025-11-02T05:30:00.000Z',
    )
    expect(iso(instantOf('America/New_York', Date.parse('2025-03-09T02:30:00Z')))).toBe(
      '2025-03-09T07:30:00.000Z',
    )
  })

  it('takes IANA names and fixed offsets and nothing else as a zone', () => {
    expect(['Europe/London', 'UTC', '+05:30', '-0300'].every(isTimezone)).toBe(true)
    expect(['Mars/Base', '', 'PST8'].some(isTimezone)).toBe(false)
    expect(offsetAt('-03:30', 0)).toBe(-3.5 * 3_600_000)
    expect(offsetAt('Mars/Base', 0)).toBe(0)
  })

  it('writes instants with as many digits as they have', () => {
    expect(formatInstant(1_740_830_400_123)).toBe('2025-03-01T12:00:00.123Z')
    expect(formatInstant(1_740_830_400_123.456)).toBe('2025-03-01T12:00:00.123456Z')
    expect(formatInstant(1_740_830_400_122.9998)).toBe('2025-03-01T12:00:00.123Z')
  })

  it('counts dates over the ends of months and leap days', () => {
    expect(datesBetween('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01'])
    expect(datesBetween('2024-03-02', '2024-03-01')).toEqual([])
  })
})
