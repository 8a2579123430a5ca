import { cadenceBands, peakCadence } from './cadence.ts'

const NONE = { incidental: 0, sporadic: 0, purposeful: 0, slow: 0, medium: 0, brisk: 0, faster: 0 }
const constant = (length: number, value: number) => new Float64Array(length).fill(value)

describe('the cadence bands', () => {
  // The published bands at both ends of each.
  it.each([
    [0, undefined],
    [0.5, undefined],
    [1, 'incidental'],
    [19, 'incidental'],
    [20, 'sporadic'],
    [39, 'sporadic'],
    [40, 'purposeful'],
    [59, 'purposeful'],
    [60, 'slow'],
    [79, 'slow'],
    [80, 'medium'],
    [99, 'medium'],
    [100, 'brisk'],
    [119, 'brisk'],
    [120, 'faster'],
    [300, 'faster'],
  ])('put %d steps a minute into %s', (steps, band) => {
    expect(cadenceBands(Float64Array.of(steps)).value).toEqual({ ...NONE, ...(band ? { [band]: 1 } : {}) })
  })

  it.each([
    ['all-zero', constant(10_080, 0), NONE],
    ['constant', constant(20_160, 110), { ...NONE, brisk: 20_160 }],
    ['two hours', constant(120, 30), { ...NONE, sporadic: 120 }],
    [
      'partly no number, negative or infinite',
      Float64Array.of(NaN, -5, Infinity, 45),
      { ...NONE, purposeful: 1 },
    ],
  ])('of a series that is %s count what was observed', (_, minutes, expected) => {
    expect(cadenceBands(minutes).value).toEqual(expected)
  })

  it.each([
    ['empty', new Float64Array()],
    ['never observed', constant(1440, NaN)],
    ['negative throughout', constant(1440, -1)],
  ])('are null for a series that is %s', (_, minutes) => {
    expect(cadenceBands(minutes)).toEqual({ value: null, reason: 'no minute was observed' })
  })
})

describe('the peak 30-minute cadence', () => {
  it('is the mean of the thirty most active minutes, wherever they are', () => {
    const day = constant(1440, 0)
    for (let minute = 0; minute < 15; minute += 1) {
      day[minute * 90] = 100
      day[minute * 90 + 1] = 80
    }
    expect(peakCadence(day).value).toBe(90)
    expect(peakCadence(constant(1440, 0)).value).toBe(0)
  })

  it('is null with fewer than thirty observed minutes', () => {
    expect(peakCadence(constant(29, 100))).toMatchObject({ value: null })
    expect(peakCadence(constant(1, 100)).reason).toBe('needs 30 observed minutes, there are 1')
  })
})
