import type { DayRecord } from '@clarity/record-store'
import { DAY_FIGURES, type DayFigure, type Deviation, deviationsOf } from '@clarity/vitals'
import { figureByDate } from './window-days.ts'

/** Which figures of the day are compared with the person's own baseline, under which measure. */
const COMPARED: readonly (readonly [measure: string, figure: DayFigure])[] = [
  ['heart.resting_rate', 'resting_heart_rate'],
  ['heart.time_weighted_rate', 'heart_rate'],
  ['heart.night_rate', 'night_heart_rate'],
  ['heart.night_dip', 'night_dip'],
  ['hrv.night_sdnn', 'night_sdnn'],
  ['respiration.night_rate', 'night_respiratory_rate'],
  ['oxygen.night_saturation', 'night_oxygen'],
  ['temperature.wrist', 'wrist_temperature'],
  ['sleep.asleep_per_night', 'asleep'],
  ['sleep.maintenance', 'maintenance'],
  ['sleep.deep_share', 'deep_share'],
  ['sleep.rem_share', 'rem_share'],
  ['sleep.middle_time', 'middle_minute'],
]

/** The window's valid days against the person's own baseline days, what stands out first. */
export function baselineDeviations(
  window: readonly DayRecord[],
  baseline: readonly DayRecord[],
): Deviation[] {
  const vitals = COMPARED.map(([measure, figure]) => ({
    measure,
    unit: DAY_FIGURES[figure].unit,
    window: figureByDate(window, figure).map(({ value }) => value),
    baseline: figureByDate(baseline, figure).map(({ value }) => value),
  }))
  const stepsOf = (days: readonly DayRecord[]) => days.flatMap(({ steps }) => steps ?? [])
  const steps = { measure: 'activity.steps_per_day', unit: 'steps' }
  return deviationsOf([...vitals, { ...steps, window: stepsOf(window), baseline: stepsOf(baseline) }])
}
