import { buildSample } from '../tests/build-sample.ts'
import { dayTotals } from './index.ts'
import { sourceClass } from './source-class.ts'

const device = 'com.apple.health.A3B1C2D4-7E55-4A0C-8F10-5D7E9C2B1F60'
const from = (name: string | null, bundle_id: string | null, product: string | null) => ({
  name,
  bundle_id,
  product,
})

describe('kind of a source', () => {
  it.each([
    ['a Watch by its product', from('Sam', device, 'Watch6,7'), 'watch'],
    ['a Watch by its name', from('Sam’s Apple\u00a0Watch', null, null), 'watch'],
    ['a phone by its product', from('Sam', null, 'iPhone15,2'), 'phone'],
    ['a phone by its name', from('Sam’s iPhone', device, null), 'phone'],
    ['an app on the phone', from('Garmin Connect', 'com.garmin.connect.mobile', 'iPhone15,2'), 'other'],
    ['an app on the Watch', from('Strava', 'com.strava.stravaride', 'Watch6,7'), 'other'],
    ['an app that names its device', from('iPhone', 'com.garmin.connect.mobile', null), 'other'],
    ['the Health app, in which people type', from('Health', 'com.apple.Health', 'iPhone15,2'), 'other'],
    ['nobody', from(null, null, null), 'other'],
  ] as const)('is told of %s', (_, source, kind) => {
    expect(sourceClass(source)).toBe(kind)
  })

  it('is the same whether a client tells the phone that an app runs on', () => {
    const hour = { type: 'step_count', start: '2025-03-10T08:00:00Z', end: '2025-03-10T09:00:00Z' }
    const phone = buildSample({ ...hour, value: 300, source: from('Sam’s iPhone', device, 'iPhone15,2') })
    for (const product of ['iPhone15,2', null]) {
      const source = from('Garmin Connect', 'com.garmin.connect.mobile', product)
      expect(dayTotals([phone, buildSample({ ...hour, value: 500, source })]).get('2025-03-10')).toBe(300)
    }
  })
})
