import { healthAutoExport } from './health-auto-export.ts'
import { readWith } from '../tests/read-with.ts'

describe('rows of Health Auto Export', () => {
  it.each([1e300, '1e20', -1e17])('have no end where %p minutes lead beyond any calendar', (qty) => {
    const data = [{ date: '2025-03-01 00:00:00', qty }]
    const body = { data: { metrics: [{ name: 'mindful_minutes', units: 'min', data }] } }
    const { samples } = readWith(healthAutoExport, body)
    expect(samples).toMatchObject([{ type: 'mindful_session', extent: 'missing' }])
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

  it('are merged minutes where any row names two sources', () => {
    const minutes = rows(
      ['2025-03-08 09:08:00 -0500', 600, 'Watch|iPhone'],
      ['2025-03-08 09:10:00 -0500', 156, 'iPhone'],
    )
    const { samples } = read(metric('step_count', 'count', ...minutes))
    expect(samples).toMatchObject([
      { extent: 'bucket', end: at('2025-03-08T14:09:00Z') },
      { extent: 'bucket', end: at('2025-03-08T14:11:00Z') },
    ])
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
