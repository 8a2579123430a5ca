import type { Sample } from '@clarity/health-data'
import type { Analysis } from '@clarity/contracts'
import { baselineDeviations } from '../src/measures/baseline-comparison.ts'
import { stepGrid } from '../src/measures/step-grid.ts'
import { vitalSections } from '../src/measures/vital-sections.ts'
import { windowReadings } from '../src/measures/window-readings.ts'
import { hourly, inputOf, sample } from './measure-fixtures.ts'

const march = (day: number) => `2026-03-${String(day).padStart(2, '0')}`
const LAST = 22
const BASELINE = [9, 10, 11, 12, 13, 14, 15]

/** A worn day and the night before it, from 23:00 to 07:00. */
function dayAndNight(day: number): Sample[] {
  const [start, end] = [`${march(day - 1)}T23:00:00Z`, `${march(day)}T07:00:00Z`]
  return [
    ...hourly(march(day), [8, 20], { value: 100 }),
    sample(start, end, { type: 'sleep_analysis', value: 3, id: `sleep ${day}` }),
  ]
}

/** The sections of a window, Monday to Sunday, of which the last `count` days are valid, after a valid week. */
async function windowOf(count: number) {
  const days = [...BASELINE, ...Array.from({ length: count }, (_, index) => LAST - index)]
  const input = (await inputOf(days.flatMap(dayAndNight)))!
  const validDays = input.days
  const { sleep, activity } = vitalSections(input, {
    recording: stepGrid(input),
    readings: windowReadings(input),
    validDays,
  }) as Analysis
  const deviations = baselineDeviations(validDays, input.baseline)
  const tested = deviations.filter(({ p }) => p !== null).map(({ measure }) => measure)
  return {
    baseline: input.baseline.length,
    variation: activity.steps_variation?.value,
    weekdays: activity.weekday_steps?.value ?? null,
    spread: sleep.onset_spread?.value,
    regularity: sleep.regularity_index?.value,
    jetLag: sleep.social_jet_lag?.value,
    debt: sleep.debt?.value,
    tested: tested.length,
  }
}

const MISSING = { variation: null, spread: null, jetLag: null, debt: null, tested: 0 }

describe('a window with valid days', () => {
  // Four free nights (two of the baseline week, two of the window) are a need; five nights are a debt. Tested are steps,
  // time asleep and its middle, maintenance, and the shares of deep and REM sleep.
  it.each([
    [1, { ...MISSING, weekdays: null, regularity: null }],
    [2, { ...MISSING, weekdays: null, regularity: 100 }],
    [3, { ...MISSING, weekdays: 1200, regularity: 100, variation: 0, spread: 0, tested: 6 }],
    [4, { ...MISSING, weekdays: 1200, regularity: 100, variation: 0, spread: 0, tested: 6 }],
    [5, { weekdays: 1200, regularity: 100, variation: 0, spread: 0, jetLag: 0, debt: 0, tested: 6 }],
    [6, { weekdays: 1200, regularity: 100, variation: 0, spread: 0, jetLag: 0, debt: 0, tested: 6 }],
    [7, { weekdays: 1200, regularity: 100, variation: 0, spread: 0, jetLag: 0, debt: 0, tested: 6 }],
  ])('to the number of %d says what they allow', async (count, expected) => {
    expect(await windowOf(count)).toEqual({ baseline: 7, ...expected })
  })
})
