import {
  affectedDates,
  sumZones,
  emptySummary,
  shardDatesFor,
  summarise,
  summaryRowSchema,
  summariseDays,
} from './index.ts'
import { buildSample, phone } from '../tests/build-sample.ts'

const zone = { timezone: 'America/New_York', timezone_source: 'sample' } as const

describe('a summary row', () => {
  it('has null for everything that was not measured', () => {
    const row = emptySummary('2025-03-01', 'Europe/Paris')
    expect(summaryRowSchema.parse(row)).toEqual(row)
    expect(row).toMatchObject({
      timezone: 'Europe/Paris',
      steps: null,
      heart_rate: { count: 0, min: null, max: null, mean: null },
      sleep: { night_start: null, naps_minutes: null },
      sources: [],
    })
  })

  it('has plain means of the accepted samples that start in the civil day', () => {
    const row = summarise('2025-03-01', [
      buildSample({ ...zone, value: 50, start: '2025-03-01T05:00:00Z' }),
      buildSample({ ...zone, value: 70, start: '2025-03-02T04:59:59Z', end: '2025-03-02T06:00:00Z' }),
      buildSample({ ...zone, value: 90, start: '2025-03-02T05:00:00Z' }),
      buildSample({ ...zone, value: 90, start: '2025-03-01T04:59:59Z' }),
      buildSample({ ...zone, value: 0, start: '2025-03-01T12:00:00Z', base_verdict: 'implausible' }),
      buildSample({ ...zone, type: 'oxygen_saturation', value: 95, start: '2025-03-01T12:00:00Z' }),
      buildSample({ ...zone, type: 'oxygen_saturation', value: 97, start: '2025-03-01T13:00:00Z' }),
    ])
    expect(row.heart_rate).toEqual({ count: 2, min: 50, max: 70, mean: 60 })
    expect(row.oxygen_saturation_percent).toEqual({ count: 2, mean: 96, min: 95 })
  })

  it('uses the extremes of samples that the client averaged', () => {
    const row = summarise('2025-03-01', [
      buildSample({ value: 80, min: 60, max: 120, start: '2025-03-01T12:00:00Z' }),
    ])
    expect(row.heart_rate).toEqual({ count: 1, min: 60, max: 120, mean: 80 })
  })

  it('names the zone of its latest sample, its sources and its uploads', () => {
    const row = summarise('2025-03-01', [
      buildSample({
        timezone: 'Europe/London',
        start: '2025-03-01T20:00:00Z',
        source: phone,
        upload_ids: ['b'],
      }),
      buildSample({ ...zone, start: '2025-03-01T12:00:00Z', upload_ids: ['a', 'c'] }),
      buildSample({ ...zone, start: '2025-03-01T22:00:00Z', verdict: 'deleted', upload_ids: ['d'] }),
    ])
    expect(row).toMatchObject({
      timezone: 'Europe/London',
      sources: ['Apple Watch', 'iPhone'],
      upload_ids: ['a', 'b', 'c'],
    })
  })

  it('names the uploads of what only reaches into its day', () => {
    const row = summarise('2025-03-02', [
      buildSample({
        type: 'step_count',
        start: '2025-03-01T23:50:00Z',
        end: '2025-03-02T00:10:00Z',
        upload_ids: ['a'],
      }),
      buildSample({
        type: 'sleep_analysis',
        value: 3,
        start: '2025-03-01T20:00:00Z',
        end: '2025-03-01T22:00:00Z',
        upload_ids: ['b'],
      }),
      buildSample({
        type: 'sleep_analysis',
        value: 3,
        start: '2025-03-01T22:30:00Z',
        end: '2025-03-02T05:00:00Z',
        upload_ids: ['c'],
      }),
      buildSample({
        type: 'step_count',
        start: '2025-03-01T23:00:00Z',
        end: '2025-03-02T00:00:00Z',
        upload_ids: ['d'],
      }),
    ])
    expect(row).toMatchObject({ steps: 30, upload_ids: ['a', 'b', 'c'], sleep: { asleep_minutes: 510 } })
  })

  it('is the same whether its day is summarised alone or with others', () => {
    const samples = Array.from({ length: 200 }, (_, hour) => {
      const start = Date.parse('2025-03-06T00:00:00Z') + hour * 3_600_000
      return buildSample({ ...zone, type: 'step_count', value: 100 + hour, start, end: start + 5_000_000 })
    })
    const dates = ['2025-03-08', '2025-03-09', '2025-03-10']
    expect(dates.map((date) => summarise(date, samples))).toEqual(summariseDays(dates, samples))
  })
})

describe('the days that samples touch', () => {
  it('are those of the sample’s own zone, and one on either side for sleep and for sums that are weighed', () => {
    const evening = { ...zone, start: '2025-03-02T03:00:00Z', end: '2025-03-02T03:10:00Z' }
    expect(affectedDates([buildSample(evening)])).toEqual(['2025-03-01'])
    for (const parts of [
      { type: 'sleep_analysis', value: 3 },
      { type: 'step_count', extent: 'missing' },
      { type: 'step_count', extent: 'bucket' },
    ] as const)
      expect(affectedDates([buildSample({ ...evening, ...parts })])).toEqual([
        '2025-02-28',
        '2025-03-01',
        '2025-03-02',
      ])
    expect(
      affectedDates([buildSample({ ...evening, type: 'step_count', end: '2025-03-02T06:00:00Z' })]),
    ).toEqual(['2025-03-01', '2025-03-02'])
    expect(affectedDates([buildSample({ ...evening, base_verdict: 'implausible' })])).toEqual([])
  })

  it('are also those of the zones of sums around a sum', () => {
    const steps = { ...zone, type: 'step_count', start: '2025-03-02T03:00:00Z', end: '2025-03-02T03:10:00Z' }
    const zones = sumZones([
      [{ type: 'step_count', timezone: 'Asia/Tokyo' }],
      [{ type: 'heart_rate', timezone: 'UTC' }],
    ])
    expect(affectedDates([buildSample(steps)], { zones })).toEqual(['2025-03-01', '2025-03-02'])
    expect(affectedDates([buildSample({ ...steps, type: 'heart_rate' })], { zones })).toEqual(['2025-03-01'])
  })

  it('need the shards of two days more, and one on either side', () => {
    expect(shardDatesFor('2025-03-01')).toEqual([
      '2025-02-26',
      '2025-02-27',
      '2025-02-28',
      '2025-03-01',
      '2025-03-02',
    ])
  })
})
