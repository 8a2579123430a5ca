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
