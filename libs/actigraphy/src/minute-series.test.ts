import { recordingFromPoints } from './minute-series.ts'

const options = { clockMinuteOf: (minute: number) => minute % 1440, longest: 20160 }
const code = (name: string) =>
  expect.objectContaining({ kind: 'invalid', details: expect.objectContaining({ code: name }) })

describe('a series of minute points', () => {
  it('is put in order, with the minutes between unobserved', () => {
    const points = [
      { minute: 1503, value: 3 },
      { minute: 1500, value: 0 },
      { minute: 1502, value: null },
    ]
    const { minutes, startMinuteOfDay } = recordingFromPoints(points, options)
    expect([...minutes]).toEqual([0, NaN, NaN, 3])
    expect(startMinuteOfDay).toBe(60)
  })

  it('counts a point that is given twice once, and prefers what was observed', () => {
    const points = [5, 5, null].map((value) => ({ minute: 7, value }))
    expect([...recordingFromPoints(points, options).minutes]).toEqual([5])
    expect([...recordingFromPoints(points.toReversed(), options).minutes]).toEqual([5])
  })

  it('of no points has no minutes', () => {
    expect(recordingFromPoints([], options).minutes).toHaveLength(0)
  })

  it.each([
    ['conflicting_minutes', [{ minute: 1, value: 1 }, { minute: 1, value: 2 }]], // prettier-ignore
    ['fractional_minute', [{ minute: 0.5, value: 1 }]],
    ['fractional_minute', [{ minute: NaN, value: 1 }]],
    ['negative_activity', [{ minute: 1, value: -1 }]],
    ['infinite_activity', [{ minute: 1, value: Infinity }]],
    ['series_too_long', [{ minute: 0, value: 1 }, { minute: 20160, value: 1 }]], // prettier-ignore
  ])('says no with %s', (name, points) => {
    expect(() => recordingFromPoints(points, options)).toThrow(code(name))
  })

  it('may have 20160 minutes', () => {
    const points = [0, 20159].map((minute) => ({ minute, value: 1 }))
    expect(recordingFromPoints(points, options).minutes).toHaveLength(20160)
  })
})
