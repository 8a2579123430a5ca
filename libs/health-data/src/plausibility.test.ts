import { baseVerdict } from './index.ts'
import { at, buildSample } from '../tests/build-sample.ts'

const now = at('2025-03-20T00:00:00Z')
const start = '2025-03-01T12:00:00Z'

describe('what a sample is worth by itself', () => {
  it.each([
    ['heart_rate', 29.9, 'implausible'],
    ['heart_rate', 30, 'accepted'],
    ['heart_rate', 301, 'implausible'],
    ['oxygen_saturation', 49, 'implausible'],
    ['oxygen_saturation', 100, 'accepted'],
    ['heart_rate_variability_sdnn', 501, 'implausible'],
    ['body_temperature', 44, 'implausible'],
    ['blood_glucose', 19, 'implausible'],
    ['vo2_max', 9, 'implausible'],
    ['active_energy_burned', -1, 'implausible'],
    ['active_energy_burned', 1e308, 'implausible'],
    ['body_mass', -1e308, 'implausible'],
    ['HKQuantityTypeIdentifierNew', 1, 'unknown'],
  ])('%s of %d is %s', (type, value, verdict) => {
    expect(baseVerdict(buildSample({ type, value, start }), now)).toBe(verdict)
  })

  it('allows 300 steps a minute, whatever the length', () => {
    const end = '2025-03-01T12:10:00Z'
    expect(baseVerdict(buildSample({ type: 'step_count', value: 3000, start, end }), now)).toBe('accepted')
    expect(baseVerdict(buildSample({ type: 'step_count', value: 3001, start, end }), now)).toBe('implausible')
    expect(baseVerdict(buildSample({ type: 'step_count', value: 9000, start, extent: 'missing' }), now)).toBe(
      'accepted',
    )
  })

  it('allows a day of 300 steps a minute where a sample has no end', () => {
    const worth = (value: number) =>
      baseVerdict(buildSample({ type: 'step_count', value, start, extent: 'missing' }), now)
    expect([worth(432_000), worth(432_001)]).toEqual(['accepted', 'implausible'])
  })

  it.each([
    ['more than a day after receipt', '2025-03-21T00:00:01Z', '2025-03-21T00:00:01Z'],
    ['with its end before its start', start, '2025-03-01T11:59:59Z'],
    ['in the year 1', '0001-06-01T00:00:00Z', '0001-06-01T00:00:00Z'],
  ])('a sample %s is implausible', (_, from, to) => {
    expect(baseVerdict(buildSample({ start: from, end: to }), now)).toBe('implausible')
  })

  it('is implausible for sleep of more than a day', () => {
    const sleep = { type: 'sleep_analysis', value: 0, start }
    expect(baseVerdict(buildSample({ ...sleep, end: '2025-03-02T13:00:00Z' }), now)).toBe('implausible')
    expect(baseVerdict(buildSample({ ...sleep, end: '2025-03-02T11:00:00Z' }), now)).toBe('accepted')
  })
})
