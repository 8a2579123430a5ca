import { healthAutoExport } from './health-auto-export.ts'
import { readWith } from '../tests/read-with.ts'

describe('rows of Health Auto Export', () => {
  it.each([1e300, '1e20', -1e17])('have no end where %p minutes lead beyond any calendar', (qty) => {
    const data = [{ date: '2025-03-01 00:00:00', qty }]
    const body = { data: { metrics: [{ name: 'mindful_minutes', units: 'min', data }] } }
    const { samples } = readWith(healthAutoExport, body)
    expect(samples).toMatchObject([{ type: 'mindful_session', extent: 'missing' }])
  })

  it('are samples as they were where they have a start and an end in place of a date', () => {
    const [startDate, endDate] = ['2025-03-08 09:00:00 -0500', '2025-03-08 09:10:00 -0500']
    const data = [{ startDate, endDate, qty: 120, source: 'Watch' }]
    const body = { data: { metrics: [{ name: 'step_count', units: 'count', data }] } }
    const { samples } = readWith(healthAutoExport, body)
    const start = Date.parse('2025-03-08T14:00:00Z')
    expect(samples).toMatchObject([{ value: 120, start, end: start + 600_000 }])
    expect(samples[0]?.extent).toBeUndefined()
  })
})

const at = (text: string) => Date.parse(text)
const date = '2025-03-08 09:08:00 -0500'
const metric = (name: string, units: string, ...data: unknown[]) => ({ name, units, data })
const read = (...metrics: unknown[]) => readWith(healthAutoExport, { data: { metrics } })

describe('sums of Health Auto Export', () => {
  const rows = (...data: [string, number, string?][]) =>
    data.map(([when, qty, source]) => ({ date: when, qty, source }))

  it('are days where every row begins at midnight, and stay within the shortest day', () => {
    const days = rows(['2025-03-08 00:00:00 -0500', 6010], ['2025-03-09 00:00:00 -0500', 7000])
    const { samples } = read(metric('step_count', 'count', ...days))
    expect(samples).toMatchObject([
      { extent: 'bucket', start: at('2025-03-08T05:00:00Z'), end: at('2025-03-09T04:00:00Z') },
      { extent: 'bucket', start: at('2025-03-09T05:00:00Z') },
    ])
  })

  it('are the same samples, each without an end, however the rows of minutes are split over bodies', () => {
    const minutes = rows(
      ['2025-03-08 09:08:00 -0500', 600, 'Watch|iPhone'],
      ['2025-03-08 09:10:00 -0500', 156, 'iPhone'],
      ['2025-03-08 10:00:00 -0500', 20, 'Watch'],
    )
    const bodyOf = (data: typeof minutes) => read(metric('step_count', 'count', ...data)).samples
    const whole = bodyOf(minutes)
    expect(whole).toMatchObject([{ extent: 'missing' }, { extent: 'missing' }, { extent: 'missing' }])
    expect(minutes.flatMap((row) => bodyOf([row]))).toEqual(whole)
  })

  it('stay samples without an end where nothing shows a merge', () => {
    const minutes = rows(
      ['2025-03-08 09:08:00 -0500', 600, 'Watch'],
      ['2025-03-08 09:08:00 -0500', 156, 'iPhone'],
    )
    expect(read(metric('step_count', 'count', ...minutes)).samples).toMatchObject([
      { extent: 'missing' },
      { extent: 'missing' },
    ])
  })
})

describe('sums of Health Auto Export over more than a day', () => {
  const rows = (...dates: string[]) =>
    dates.map((day) => ({ date: `${day} 00:00:00 -0500`, qty: 42_000, source: 'Watch|iPhone' }))
  const weeks = rows('2025-01-05', '2025-01-12', '2025-01-26')
  const typesOf = (...metrics: unknown[]) => read(...metrics).samples.map(({ type }) => type)

  it.each([
    ['week', weeks],
    ['month', rows('2025-01-01', '2025-02-01')],
    ['year', rows('2024-01-01', '2025-01-01')],
  ])('are kept apart from the days: of a %s', (period, data) => {
    const mean = { date: data[0]?.date, Min: 50, Avg: 61, Max: 120 }
    const { samples } = read(metric('step_count', 'count', ...data), metric('heart_rate', 'bpm', mean))
    expect(samples[0]).toMatchObject({
      type: `step_count_by_${period}`,
      start: at(`${data[0]?.date.slice(0, 10)}T05:00:00Z`),
      value: 42_000,
      unit: 'count',
      verdict: 'unknown',
      source: { name: 'Watch|iPhone' },
    })
    expect(samples.at(-1)).toMatchObject({
      type: `heart_rate_by_${period}`,
      value: 61,
      metadata: { Min: 50, Max: 120 },
    })
    expect(new Set(samples.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
  })

  it('are days where any two are no whole weeks apart, of whichever metric', () => {
    expect(typesOf(metric('step_count', 'count', ...weeks, ...rows('2025-01-29')))).not.toContain(
      'step_count_by_week',
    )
    const swims = metric('swimming_distance', 'm', ...rows('2025-01-08'))
    expect(typesOf(metric('step_count', 'count', ...weeks), swims)).toContain('step_count')
  })

  it('are not told from a day’s by one row alone, nor from samples by rows at other times', () => {
    expect(typesOf(metric('step_count', 'count', ...rows('2025-01-05')))).toEqual(['step_count'])
    const hours = weeks.map((row) => ({ ...row, date: row.date.replace('00:00:00', '09:00:00') }))
    expect(typesOf(metric('step_count', 'count', ...hours))).toEqual(Array(3).fill('step_count'))
    expect(typesOf(metric('weight_body_mass', 'kg', ...weeks))).toEqual(Array(3).fill('body_mass'))
  })

  it('leave events and measured segments what they are', () => {
    const segment = {
      startDate: '2025-01-05 00:00:00 -0500',
      endDate: '2025-01-05 06:00:00 -0500',
      value: 'Core',
    }
    const washed = { date: '2025-01-05 00:00:00 -0500', qty: 20, value: 'Complete' }
    const night = { date: '2025-01-05 00:00:00 -0500', totalSleep: 52 }
    expect(
      typesOf(
        metric('step_count', 'count', ...weeks.slice(1)),
        metric('sleep_analysis', 'hr', segment, night),
        metric('handwashing', 's', washed),
      ).slice(2),
    ).toEqual(['sleep_analysis', 'sleep_analysis_by_week', 'handwashing_event'])
  })
})

describe('sleep of Health Auto Export', () => {
  it('is segments where it is not aggregated', () => {
    const point = {
      startDate: '2025-03-08 00:24:21 -0500',
      endDate: '2025-03-08 00:43:29 -0500',
      qty: 0.3187,
      value: 'Deep',
    }
    expect(read(metric('sleep_analysis', 'hr', point)).samples).toMatchObject([
      {
        type: 'sleep_analysis',
        value: 4,
        start: at('2025-03-08T05:24:21Z'),
        end: at('2025-03-08T05:43:29Z'),
      },
    ])
  })

  it('is a summed night where it is', () => {
    const point = {
      date: '2025-03-08',
      totalSleep: 7.5,
      asleep: 0,
      core: 4,
      deep: 2,
      rem: 1.5,
      sleepStart: '2025-03-08 00:24:21 -0500',
      sleepEnd: '2025-03-08 08:09:00 -0500',
      inBed: 0,
    }
    const { samples } = read(metric('sleep_analysis', 'hr', point))
    expect(samples).toMatchObject([
      {
        type: 'sleep_night',
        value: 450,
        unit: 'min',
        end: at('2025-03-08T13:09:00Z'),
        metadata: { core_minutes: 240, deep_minutes: 120 },
      },
    ])
    expect(samples[0]?.metadata).not.toHaveProperty('in_bed_minutes')
  })

  it('is a summed night in whichever unit of time its metric has', () => {
    const night = { date: '2025-03-08', totalSleep: 450, core: 300, sleepEnd: '2025-03-08 07:00:00 -0500' }
    expect(read(metric('sleep_analysis', 'min', night)).samples).toMatchObject([
      { value: 450, metadata: { core_minutes: 300 }, verdict: 'accepted' },
    ])
    expect(read(metric('sleep_analysis', 'hr', night)).samples).toMatchObject([{ verdict: 'implausible' }])
  })

  it('is the whole sleep where an old version has no stages', () => {
    const point = {
      date,
      asleep: 6,
      sleepStart: date,
      sleepEnd: '2025-03-08 15:08:00 -0500',
      sleepSource: 'AutoSleep',
      inBed: 7,
    }
    expect(read(metric('sleep_analysis', 'hr', point)).samples).toMatchObject([
      {
        value: 360,
        source: { name: 'AutoSleep' },
        metadata: { unspecified_minutes: 360, in_bed_minutes: 420 },
      },
    ])
  })
})
