import fc from 'fast-check'
import { buildSample, phone } from '../tests/build-sample.ts'
import { bucketsOf, dayTotals, formatInstant } from './index.ts'

const steps = { type: 'step_count', timezone: 'Europe/Berlin' } as const

const told = (samples: Parameters<typeof bucketsOf>[0], width: 'hour' | 'day') =>
  bucketsOf(samples, width).map(({ start, type, count, min, max, mean, sum }) => [
    formatInstant(start).slice(0, 16),
    type,
    count,
    min,
    max,
    mean,
    sum,
  ])

describe('buckets', () => {
  it('count each moment of a sum once over all sources, and prorate it over clock hours', () => {
    const samples = [
      buildSample({ ...steps, value: 100, start: '2026-03-01T12:00:00Z', end: '2026-03-01T12:10:00Z' }),
      buildSample({
        ...steps,
        value: 300,
        start: '2026-03-01T12:00:00Z',
        end: '2026-03-01T12:30:00Z',
        source: phone,
      }),
      buildSample({ ...steps, value: 60, start: '2026-03-01T12:40:00Z', end: '2026-03-01T13:20:00Z' }),
    ]
    expect(told(samples, 'hour')).toEqual([
      ['2026-03-01T12:00', 'step_count', 3, 60, 300, 153.333333, 330],
      ['2026-03-01T13:00', 'step_count', 0, null, null, null, 30],
    ])
    expect(bucketsOf(samples, 'day')).toEqual([
      {
        at: Date.parse('2026-03-01'),
        start: Date.parse('2026-02-28T23:00:00Z'),
        end: Date.parse('2026-03-01T23:00:00Z'),
        timezone: 'Europe/Berlin',
        type: 'step_count',
        count: 3,
        min: 60,
        max: 300,
        mean: 153.333333,
        sum: 360,
        unit: 'count',
      },
    ])
  })

  it('are plain statistics of what is measured, without a sum', () => {
    const samples = [
      buildSample({ value: 60, start: '2026-03-01T12:00:00Z' }),
      buildSample({ value: 80, min: 50, max: 120, start: '2026-03-01T12:59:59Z' }),
      buildSample({ value: 70, start: '2026-03-01T14:00:00Z' }),
      buildSample({ value: 400, start: '2026-03-01T14:30:00Z', base_verdict: 'implausible' }),
    ]
    expect(told(samples, 'hour')).toEqual([
      ['2026-03-01T12:00', 'heart_rate', 2, 50, 120, 70, null],
      ['2026-03-01T14:00', 'heart_rate', 1, 70, 70, 70, null],
    ])
  })

  it('only count what is a category', () => {
    const night = {
      type: 'sleep_analysis',
      value: 4,
      start: '2026-03-01T23:10:00Z',
      end: '2026-03-02T00:10:00Z',
    }
    expect(told([buildSample(night)], 'hour')).toEqual([
      ['2026-03-01T23:00', 'sleep_analysis', 1, null, null, null, null],
    ])
  })

  it('are clock hours and civil days of the zone in which a sample was lived', () => {
    const india = buildSample({ value: 60, start: '2026-03-01T18:40:00Z', timezone: 'Asia/Kolkata' })
    expect(told([india], 'hour')[0]?.[0]).toBe('2026-03-01T18:30')
    expect(told([india], 'day')[0]?.[0]).toBe('2026-03-01T18:30')
    const [short] = bucketsOf(
      [buildSample({ start: '2026-03-29T10:00:00Z', timezone: 'Europe/Berlin' })],
      'day',
    )
    expect((short!.end - short!.start) / 3_600_000).toBe(23)
  })

  it('leave out of a sum what a person typed in, unless it is to count', () => {
    const typed = buildSample({ ...steps, value: 5000, start: '2026-03-01T12:00:00Z', user_entered: true })
    expect(bucketsOf([typed], 'day')).toEqual([])
    expect(bucketsOf([typed], 'day', { includeUserEntered: true })).toMatchObject([{ count: 1, sum: 5000 }])
  })

  it('of a day’s hours add up to its day, and days to the totals of the summaries', () => {
    const start = Date.parse('2026-03-28T20:00:00Z')
    const minute = fc.integer({ min: 0, max: 3000 })
    const one = fc.record({
      from: minute,
      minutes: minute,
      value: fc.integer({ min: 0, max: 900 }),
      isPhone: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (drawn) => {
        const samples = drawn.map(({ from, minutes, value, isPhone }, index) =>
          buildSample({
            ...steps,
            id: String(index),
            value,
            start: start + from * 60_000,
            end: start + (from + minutes) * 60_000,
            ...(isPhone && { source: phone }),
          }),
        )
        const days = bucketsOf(samples, 'day')
        const totals = dayTotals(samples)
        expect(days.map(({ at }) => at)).toEqual([...totals.keys()].map((date) => Date.parse(date)).sort())
        for (const { at, sum } of days)
          expect(sum).toBeCloseTo(totals.get(new Date(at).toISOString().slice(0, 10)) ?? NaN, 4)
        const hours = bucketsOf(samples, 'hour')
        for (const { start: from, end: to, sum } of days) {
          const inside = hours.filter((hour) => hour.start >= from && hour.start < to)
          expect(inside.reduce((all, hour) => all + (hour.sum ?? 0), 0)).toBeCloseTo(sum ?? NaN, 3)
        }
      }),
    )
  })
})
