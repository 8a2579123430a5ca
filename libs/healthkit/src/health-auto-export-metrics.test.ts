import { metricSamples } from './health-auto-export-metrics.ts'

describe('rows of Health Auto Export', () => {
  it.each([1e300, '1e20', -1e17])('have no end where %p minutes lead beyond any calendar', (qty) => {
    const metric = { name: 'mindful_minutes', units: 'min' }
    const row = { date: '2025-03-01 00:00:00', qty }
    expect(metricSamples(metric, row, { path: 'p', bucket: undefined })).toMatchObject([{ end: undefined }])
  })
})
