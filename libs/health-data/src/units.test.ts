import { metricFor, metrics, snakeCase, toCanonical, toPercent, toSdnnMs } from './index.ts'

describe('units', () => {
  it.each([
    [61, 'bpm', 'count/min', 61],
    [61, 'BEATS_PER_MINUTE', 'count/min', 61],
    [61, 'COUNT/MIN', 'count/min', 61],
    [1.25, 'count/s', 'count/min', 75],
    [61, 'count/minute', 'count/min', 61],
    [61, 'counts/min', 'count/min', 61],
    [61, 'counts/minute', 'count/min', 61],
    [1.25, 'count/sec', 'count/min', 75],
    [1.25, 'counts/s', 'count/min', 75],
    [1.25, 'counts/sec', 'count/min', 75],
    [1.25, 'counts/second', 'count/min', 75],
    [1.25, 'Hz', 'count/min', 75],
    [1, 'mi', 'm', 1609.344],
    [2, 'Cal', 'kcal', 2],
    [2000, 'cal', 'kcal', 2],
    [418.4, 'kJ', 'kcal', 100],
    [154.32358, 'lb', 'kg', 70],
    [98.6, 'degF', 'degC', 37],
    [5, 'mmol<180.1558800000541>/L', 'mg/dL', 90.07794],
    [5, 'mmol<180.15588000005408>/L', 'mg/dL', 90.07794],
    [43.4, 'mL/min·kg', 'mL/(kg*min)', 43.4],
    [43.4, 'ml/(kg·min)', 'mL/(kg*min)', 43.4],
    [43.4, 'mL/(kg.min)', 'mL/(kg*min)', 43.4],
    [61, '{Beats}/min', 'count/min', 61],
    [600, '{steps}', 'count', 600],
    [3, 'wheelchair pushes', 'count', 3],
    [77, 'dB[SPL]', 'dBASPL', 77],
    [90, 's', 'min', 1.5],
    [10, 'mi/hr', 'm/s', 4.4704],
    [16, 'kPa', 'mmHg', 120.00987],
    [4, 'INCHES_OF_MERCURY', 'mmHg', 101.6],
    [1.25, 'METER_PER_SECOND', 'm/s', 1.25],
    [2, 'CUP_US', 'mL', 473.176473],
    [12, 'CALORIES', 'kcal', 12],
    [5, 'mmolPerL', 'mg/dL', 90.07794],
    [3, 'kcal/h/kg', 'kcal/(kg*hr)', 3],
    [61, 'beats per minute', 'count/min', 61],
    [36.6, '\u2103', 'degC', 36.6],
    [36.6, '\u00b0C', 'degC', 36.6],
    [36.6, '\u00baC', 'degC', 36.6],
    [98.6, '\u00baF', 'degC', 37],
    [36.6, '\u02da C', 'degC', 36.6],
    [23.4, 'kg/m\u00b2', 'count', 23.4],
    [500, '\u00b5g', 'mg', 0.5],
    [4.5, 'units', 'IU', 4.5],
  ])('%d %s in %s is %d', (value, unit, canonical, expected) => {
    expect(toCanonical(value, unit, canonical)).toBeCloseTo(expected, 4)
  })

  it('takes a value without a unit as canonical and refuses a unit of another kind', () => {
    expect(toCanonical(61, undefined, 'count/min')).toBe(61)
    expect(toCanonical(61, 'kg', 'count/min')).toBeUndefined()
    expect(toCanonical(61, 'constructor', 'count/min')).toBeUndefined()
  })

  it('tells fractions from percent by the client and, for oxygen, by magnitude', () => {
    expect(toPercent(0.97, 'fraction', 'oxygen_saturation')).toBe(97)
    expect(toPercent(97, 'fraction', 'oxygen_saturation')).toBe(97)
    expect(toPercent(0.97, 'hundred', 'oxygen_saturation')).toBe(97)
    expect(toPercent(0.4, 'hundred', 'walking_asymmetry_percentage')).toBe(0.4)
    expect(toPercent(0.4, 'fraction', 'walking_asymmetry_percentage')).toBe(40)
  })

  it('reads an SDNN below 2 as seconds', () => {
    expect(toSdnnMs(0.042)).toBeCloseTo(42)
    expect(toSdnnMs(42)).toBe(42)
  })
})

describe('metrics', () => {
  it('are found by identifier and by name', () => {
    expect(metricFor('HKQuantityTypeIdentifierHeartRateVariabilitySDNN')?.name).toBe(
      'heart_rate_variability_sdnn',
    )
    expect(metricFor('vo2_max')?.identifier).toBe('HKQuantityTypeIdentifierVO2Max')
    expect(metricFor('HKWorkoutTypeIdentifier')?.name).toBe('workout')
    expect(metricFor('__proto__')).toBeUndefined()
  })

  it('have names that are unique', () => {
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length)
  })

  it('spell words in snake case', () => {
    expect(['AppleSleepingWristTemperature', 'Weight & Body Mass'].map(snakeCase)).toEqual([
      'apple_sleeping_wrist_temperature',
      'weight_body_mass',
    ])
  })
})
