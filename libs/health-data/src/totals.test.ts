import { dayTotals, startOfDay } from './index.ts'
import { buildSample, otherApp, phone } from '../tests/build-sample.ts'

const steps = { type: 'step_count' }
const total = (...samples: ReturnType<typeof buildSample>[]) =>
  Object.fromEntries([...dayTotals(samples)].map(([date, amount]) => [date, Number(amount.toFixed(6))]))

describe('day totals', () => {
  it('let the phone add only the share of its interval that the Watch leaves free', () => {
    expect(
      total(
        buildSample({ ...steps, value: 100, start: '2025-03-01T12:00:00Z', end: '2025-03-01T12:10:00Z' }),
        buildSample({
          ...steps,
          value: 300,
          start: '2025-03-01T12:05:00Z',
          end: '2025-03-01T12:20:00Z',
          source: phone,
        }),
      ),
    ).toEqual({ '2025-03-01': 300 })
  })

  it('let a third source add only what Watch and phone leave free', () => {
    const span = { ...steps, start: '2025-03-01T12:00:00Z', end: '2025-03-01T12:10:00Z' }
    expect(
      total(
        buildSample({ ...span, value: 50, source: otherApp, end: '2025-03-01T12:20:00Z' }),
        buildSample({ ...span, value: 70, source: phone }),
      ),
    ).toEqual({ '2025-03-01': 95 })
  })

  it('do not let samples of one source cover each other', () => {
    const span = { ...steps, value: 10, start: '2025-03-01T12:00:00Z', end: '2025-03-01T12:10:00Z' }
    expect(total(buildSample(span), buildSample({ ...span, value: 20 }))).toEqual({ '2025-03-01': 30 })
  })

  it('prorate over the midnight of the own zone, DST included', () => {
    const timezone = 'America/New_York'
    const span = { start: '2025-03-09T03:00:00Z', end: '2025-03-10T05:00:00Z' }
    const sums = total(buildSample({ ...steps, value: 2600, ...span, timezone }))
    expect(sums['2025-03-08']).toBeCloseTo(200)
    expect(sums['2025-03-09']).toBeCloseTo(2300)
    expect(sums['2025-03-10']).toBeCloseTo(100)
  })

  it('keep apart what a person typed in, unless asked', () => {
    const typed = buildSample({ ...steps, value: 5000, start: '2025-03-01T12:00:00Z', user_entered: true })
    expect(total(typed)).toEqual({})
    expect(Object.fromEntries(dayTotals([typed], { includeUserEntered: true }))).toEqual({
      '2025-03-01': 5000,
    })
  })

  it('count an instant of a lower source only where nothing covers it', () => {
    const watch = buildSample({
      ...steps,
      value: 10,
      start: '2025-03-01T12:00:00Z',
      end: '2025-03-01T12:10:00Z',
    })
    const inside = buildSample({ ...steps, value: 7, start: '2025-03-01T12:05:00Z', source: phone })
    const outside = buildSample({ ...steps, value: 7, start: '2025-03-01T12:10:00Z', source: phone })
    expect(total(watch, inside)).toEqual({ '2025-03-01': 10 })
    expect(total(watch, outside)).toEqual({ '2025-03-01': 17 })
  })

  it('put a sum of more than two days on the day it starts in', () => {
    const week = { start: '2025-03-01T12:00:00Z', end: '2025-03-08T12:00:00Z' }
    expect(total(buildSample({ ...steps, value: 70_000, ...week }))).toEqual({ '2025-03-01': 70_000 })
  })
})

describe('day totals of samples without an end', () => {
  const open = { ...steps, extent: 'missing' } as const

  it('are the larger source’s sum of each clock hour', () => {
    expect(
      total(
        buildSample({ ...open, value: 100, start: '2025-03-01T12:00:00Z' }),
        buildSample({ ...open, value: 50, start: '2025-03-01T12:30:00Z' }),
        buildSample({ ...open, value: 120, start: '2025-03-01T12:10:00Z', source: phone }),
        buildSample({ ...open, value: 30, start: '2025-03-01T13:10:00Z', source: phone }),
      ),
    ).toEqual({ '2025-03-01': 180 })
  })

  it('take the local clock hour in a zone of half an hour', () => {
    const local = { ...open, timezone: 'Asia/Kolkata' }
    expect(
      total(
        buildSample({ ...local, value: 100, start: '2025-03-01T12:20:00Z' }),
        buildSample({ ...local, value: 120, start: '2025-03-01T12:40:00Z', source: phone }),
      ),
    ).toEqual({ '2025-03-01': 220 })
  })

  it('hold the largest of what one source sent for one instant', () => {
    const start = '2025-03-01T12:00:00Z'
    expect(
      total(buildSample({ ...open, value: 10, start }), buildSample({ ...open, value: 40, start })),
    ).toEqual({
      '2025-03-01': 40,
    })
  })

  it('give way to intervals that add up to more in the same hour', () => {
    expect(
      total(
        buildSample({ ...open, value: 100, start: '2025-03-01T12:00:00Z', source: phone }),
        buildSample({ ...steps, value: 400, start: '2025-03-01T12:30:00Z', end: '2025-03-01T13:30:00Z' }),
      ),
    ).toEqual({ '2025-03-01': 400 })
    expect(
      total(
        buildSample({ ...open, value: 300, start: '2025-03-01T12:00:00Z', source: phone }),
        buildSample({ ...steps, value: 400, start: '2025-03-01T12:30:00Z', end: '2025-03-01T13:30:00Z' }),
      ),
    ).toEqual({ '2025-03-01': 500 })
  })
})

describe('day totals of buckets that HealthKit merged', () => {
  const bucket = {
    ...steps,
    extent: 'bucket',
    start: '2025-03-01T12:00:00Z',
    end: '2025-03-01T13:00:00Z',
  } as const

  it('count as they are and cover samples of the same time', () => {
    const sample = { ...steps, value: 60, start: '2025-03-01T12:30:00Z', end: '2025-03-01T13:30:00Z' }
    expect(total(buildSample({ ...bucket, value: 500 }), buildSample(sample))).toEqual({ '2025-03-01': 530 })
  })

  it('count once where a later export sends the same bucket with more in it', () => {
    expect(total(buildSample({ ...bucket, value: 300 }), buildSample({ ...bucket, value: 500 }))).toEqual({
      '2025-03-01': 500,
    })
  })

  it('of a civil day are of its last hour too', () => {
    const day = { ...bucket, start: '2025-03-01T00:00:00Z', end: '2025-03-01T23:00:00Z', value: 6000 }
    const late = { ...steps, value: 60, start: '2025-03-01T23:10:00Z', end: '2025-03-01T23:20:00Z' }
    expect(total(buildSample(day), buildSample(late))).toEqual({ '2025-03-01': 6000 })
  })

  it('of a civil day without a step are 0, as something was measured', () => {
    const day = { ...bucket, start: '2025-03-01T00:00:00Z', end: '2025-03-01T23:00:00Z', value: 0 }
    expect(total(buildSample(day))).toEqual({ '2025-03-01': 0 })
  })

  it('of a civil day cover its hours, however many it has', () => {
    const timezone = 'Europe/Berlin'
    for (const [date, hours] of [
      ['2025-03-10', 24],
      ['2025-03-30', 23],
      ['2025-10-26', 25],
    ] as const) {
      const midnight = startOfDay(timezone, date)
      const of = (start: number, length: number, value: number) =>
        buildSample({ ...bucket, timezone, value, start, end: start + length * 3_600_000 })
      const parts = Array.from({ length: hours }, (_, hour) => of(midnight + hour * 3_600_000, 1, 100))
      for (const day of [2000, 100 * hours])
        expect(total(of(midnight, 23, day), ...parts)).toEqual({ [date]: 100 * hours })
      expect(total(of(midnight, 23, 2600), ...parts)).toEqual({ [date]: 2600 })
    }
  })

  it('hold as a whole against samples without an end, or not at all', () => {
    const day = { ...bucket, start: '2025-03-01T00:00:00Z', end: '2025-03-01T23:00:00Z' }
    const open = [9, 12, 23].map((hour) =>
      buildSample({ ...steps, extent: 'missing', value: 1500, start: Date.UTC(2025, 2, 1, hour) }),
    )
    const early = buildSample({ ...day, value: 2000 })
    const whole = buildSample({ ...day, value: 4600 })
    expect(total(whole, ...open)).toEqual({ '2025-03-01': 4600 })
    expect(total(early, ...open)).toEqual({ '2025-03-01': 4500 })
    expect(total(early, whole, ...open)).toEqual({ '2025-03-01': 4600 })
  })
})

describe('samples of a source without a name', () => {
  const unnamed = { name: null, bundle_id: null, product: null }
  const steps = (start: string, end: string, value: number) =>
    buildSample({ type: 'step_count', source: unnamed, start, end, value, uuid: undefined })

  it('cover each other where they overlap: the densest holds', () => {
    const phone = steps('2025-03-08T10:00:00Z', '2025-03-08T11:00:00Z', 60)
    const watch = steps('2025-03-08T10:15:00Z', '2025-03-08T10:45:00Z', 90)
    expect(dayTotals([phone, watch]).get('2025-03-08')).toBeCloseTo(120)
    expect(dayTotals([watch, phone]).get('2025-03-08')).toBeCloseTo(120)
  })

  it('are divided quickly however they overlap', () => {
    const nested = Array.from({ length: 5000 }, (_, index) => ({
      ...steps('2025-03-08T00:00:00Z', '2025-03-08T20:00:00Z', 1 + (index % 7)),
      id: `content:${index}`,
      start: Date.parse('2025-03-08T00:00:00Z') + index,
    }))
    const total = dayTotals(nested).get('2025-03-08') ?? 0
    expect(total).toBeGreaterThan(7)
    expect(total).toBeLessThan(7.1)
  })

  it('add nothing where a named source has counted', () => {
    const watch = buildSample({
      type: 'step_count',
      start: '2025-03-08T10:00:00Z',
      end: '2025-03-08T10:30:00Z',
      value: 30,
    })
    const other = steps('2025-03-08T10:00:00Z', '2025-03-08T11:00:00Z', 60)
    expect(dayTotals([watch, other]).get('2025-03-08')).toBeCloseTo(60)
  })
})
