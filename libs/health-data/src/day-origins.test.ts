import { dayOrigins } from './day-origins.ts'
import { at, buildSample } from '../tests/build-sample.ts'

describe('sources of a day', () => {
  it('are named by their bundle, not by the phone they ran on, where they have no name', () => {
    const apps = ['com.withings.wiScaleNG', 'com.tantsissa.AutoSleep'].map((bundle_id, index) =>
      buildSample({
        type: 'heart_rate',
        value: 60,
        start: at(`2025-03-08T1${index}:00:00Z`),
        source: { name: null, bundle_id, product: 'iPhone15,2' },
        timezone: 'UTC',
      }),
    )
    const sources = dayOrigins(apps).get('2025-03-08')?.sources
    expect([...(sources ?? [])]).toEqual(['com.withings.wiScaleNG', 'com.tantsissa.AutoSleep'])
  })

  it('name who repeats it, and make no day of what only repeats', () => {
    const own = buildSample({ start: at('2025-03-08T10:00:00Z') })
    const again = buildSample({ ...own, upload_ids: ['upload-2'], verdict: 'duplicate' })
    const elsewhere = buildSample({ start: at('2025-03-09T10:00:00Z'), verdict: 'duplicate' })
    const days = dayOrigins([own, again, elsewhere])
    expect([...days].map(([date, { uploads }]) => [date, [...uploads]])).toEqual([
      ['2025-03-08', ['upload-1', 'upload-2']],
    ])
  })
})
