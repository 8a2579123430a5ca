import fc from 'fast-check'
import { nonWearIntervals, observedMinutesByDay, withoutIntervals } from './non-wear.ts'
import type { Recording } from './recording.ts'

/** `z89 1 z30`: 89 minutes of zeros, one of one count, thirty of zeros; `?` is an unobserved minute. */
function recordingOf(runs: string, startMinuteOfDay = 0): Recording {
  const minutes = runs.split(' ').flatMap((run) => {
    if (run.startsWith('z')) return new Array<number>(Number(run.slice(1))).fill(0)
    return [run === '?' ? NaN : Number(run)]
  })
  return { minutes: Float64Array.from(minutes), startMinuteOfDay }
}

describe('non-wear by Choi', () => {
  it.each([
    ['90 minutes of zeros', '5 z90 5', [[1, 91]]],
    ['not 89', '5 z89 5', []],
    ['across a movement of one minute between 30 quiet ones', 'z30 7 z59', [[0, 90]]],
    ['across a movement of two minutes', 'z30 7 900 z58', [[0, 90]]],
    ['not across three minutes', 'z60 7 7 7 z60', []],
    ['not across two movements with a minute between', 'z60 7 0 7 z60', []],
    ['not with 29 quiet minutes before', 'z29 7 z60', []],
    ['not with 29 quiet minutes after', 'z60 7 z29', []],
    ['across several movements', 'z30 7 z30 7 z30', [[0, 92]]],
    ['not across an unobserved minute', 'z60 ? z60', []],
    ['apart', 'z90 5 5 5 z90', [[0, 90], [93, 183]]], // prettier-ignore
    ['all of an all-zero recording', 'z20160', [[0, 20160]]],
    ['nothing of an empty one', '', []],
    ['nothing of one minute', '0', []],
  ])('is %s', (_, runs, expected) => {
    const recording = runs === '' ? { minutes: new Float64Array(0), startMinuteOfDay: 0 } : recordingOf(runs)
    expect(nonWearIntervals(recording).map(({ start, end }) => [start, end])).toEqual(expected)
  })

  it('lies in order and apart, in periods of 90 minutes that begin and end with 30 of zeros', () => {
    const run = fc.tuple(fc.constantFrom(0, 0, 0, 3, NaN), fc.integer({ min: 1, max: 120 }))
    fc.assert(
      fc.property(fc.array(run, { maxLength: 40 }), (runs) => {
        const minutes = Float64Array.from(
          runs.flatMap(([value, length]) =>
            new Array<number>(value === 0 ? length : (length % 3) + 1).fill(value),
          ),
        )
        let previous = -1
        for (const { start, end } of nonWearIntervals({ minutes, startMinuteOfDay: 0 })) {
          expect(start).toBeGreaterThan(previous)
          expect(end - start).toBeGreaterThanOrEqual(90)
          expect(minutes.subarray(start, start + 30).every((value) => value === 0)).toBe(true)
          expect(minutes.subarray(end - 30, end).every((value) => value === 0)).toBe(true)
          previous = end
        }
      }),
    )
  })
})

describe('worn minutes', () => {
  it('are the observed ones of each civil day, without non-wear', () => {
    const recording = recordingOf('5 z100 ? 5 5', 1430)
    expect(observedMinutesByDay(recording)).toEqual([10, 93])
    expect(observedMinutesByDay(withoutIntervals(recording, nonWearIntervals(recording)))).toEqual([1, 2])
    expect(observedMinutesByDay(recordingOf('5 5', 0))).toEqual([2])
    expect(observedMinutesByDay({ minutes: new Float64Array(0), startMinuteOfDay: 700 })).toEqual([])
  })

  it('leave the given recording as it is', () => {
    const recording = recordingOf('z90')
    expect(withoutIntervals(recording, [{ start: -5, end: 2 }]).minutes.subarray(0, 3)).toEqual(
      Float64Array.from([NaN, NaN, 0]),
    )
    expect(recording.minutes[0]).toBe(0)
  })
})
