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
})
