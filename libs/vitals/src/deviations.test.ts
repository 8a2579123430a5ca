import { baselineOf, robustZ } from './baseline.ts'
import { type Comparison, deviationsOf } from './deviations.ts'

const MONTH = Array.from({ length: 28 }, (_, day) => 56 + (day % 5))
const compare = (measure: string, window: number[], baseline = MONTH): Comparison => ({
  measure,
  unit: '/min',
  window,
  baseline,
})
const HIGH = [66, 67, 66, 68, 67, 66, 69]
const USUAL = [57, 58, 59, 58, 57, 60, 58]

describe('a baseline', () => {
  it('is median and robust spread of the days, with their number', () => {
    expect(baselineOf(MONTH).value).toEqual({ days: 28, median: 58, spread: 1.4826 })
  })

  it('leaves out days without a number and needs seven others', () => {
    expect(baselineOf([...MONTH.slice(0, 7), NaN]).value).toMatchObject({ days: 7 })
    expect(baselineOf([...MONTH.slice(0, 6), NaN])).toEqual({
      value: null,
      reason: 'the baseline needs 7 days, there are 6',
    })
  })

  it('gives z in its own spreads, 0 at its median, and null where it has none', () => {
    const constant = baselineOf([5, 5, 5, 5, 5, 5, 5]).value!
    expect(robustZ(58 + 2 * 1.4826, baselineOf(MONTH).value!).value).toBeCloseTo(2, 12)
    expect(robustZ(5, constant)).toEqual({ value: 0 })
    expect(robustZ(6, constant)).toMatchObject({ value: null, reason: expect.stringContaining('no spread') })
  })
})

describe('what stands out', () => {
  it('is what the window has beyond chance and beyond the usual spread', () => {
    const [first, second] = deviationsOf([compare('usual', USUAL), compare('high', HIGH)])
    expect(first).toMatchObject({
      measure: 'high',
      window_median: 67,
      window_days: 7,
      baseline_median: 58,
      baseline_days: 28,
      difference: 9,
      stands_out: true,
    })
    expect(first!.z).toBeCloseTo(9 / 1.4826, 12)
    expect(first!.q).toBeLessThan(0.0001)
    expect(second).toMatchObject({ measure: 'usual', stands_out: false, z: 0 })
  })

  it('needs to be sure: two unlike days among five tests do not stand out', () => {
    const few = compare('few', [61, 61, 57])
    const others = ['a', 'b', 'c', 'd'].map((name) => compare(name, USUAL))
    const { stands_out, p, q } = deviationsOf([few, ...others]).find(({ measure }) => measure === 'few')!
    expect(stands_out).toBe(false)
    expect(q!).toBeGreaterThan(p!)
  })

  it('needs to be far: a sure difference within the usual spread does not stand out', () => {
    const wide = Array.from({ length: 28 }, (_, day) => 50 + 10 * (day % 2) + day / 1000)
    const above = Array.from({ length: 7 }, (_, day) => 60.5 + day / 1000)
    expect(deviationsOf([compare('near', above, wide)])[0]).toMatchObject({ stands_out: false })
  })

  it('is told first, then by distance, and what was not tested last, by name, with the reason', () => {
    const list = deviationsOf([
      compare('zeta', [1, 2], MONTH),
      compare('usual', USUAL),
      compare('alpha', HIGH, [1, 2]),
      compare(
        'higher',
        HIGH.map((value) => value + 5),
      ),
      compare('empty', []),
      compare('high', HIGH),
    ])
    expect(list.map(({ measure }) => measure)).toEqual(['higher', 'high', 'usual', 'alpha', 'empty', 'zeta'])
    expect(list.slice(3).map(({ p, z, reason }) => [p, z, reason])).toEqual([
      [null, null, 'the baseline needs 7 days, there are 2'],
      [null, null, 'the window needs 3 days, there are 0'],
      [null, null, 'the window needs 3 days, there are 2'],
    ])
  })

  it('may have no z where every baseline day was the same, and says so', () => {
    const [only] = deviationsOf([
      compare(
        'constant',
        HIGH,
        Array.from({ length: 28 }, () => 57),
      ),
    ])
    expect(only).toMatchObject({ z: null, stands_out: true, reason: expect.stringContaining('no spread') })
  })

  it('is nothing where the window is as constant as the baseline', () => {
    const constant = Array.from({ length: 28 }, () => 57)
    expect(deviationsOf([compare('constant', constant.slice(0, 7), constant)])[0]).toMatchObject({
      z: 0,
      p: 1,
      q: 1,
      stands_out: false,
    })
    expect(deviationsOf([])).toEqual([])
  })

  it('leaves out values that are no numbers, on both sides', () => {
    const [disturbed, plain] = [
      deviationsOf([compare('high', [...HIGH, NaN], [...MONTH, Infinity])]),
      deviationsOf([compare('high', HIGH)]),
    ]
    expect(disturbed).toEqual(plain)
  })
})
