import type { DayRecord } from '@clarity/record-store'
import { DAY_FIGURES, type DayFigure, median } from '@clarity/vitals'
import { type MeasureSection, measure } from './measure.ts'
import { figureByDate } from './window-days.ts'

/** Which figure of the day stands behind which measure of a section. */
const SECTIONS = {
  sleep: {
    efficiency: 'efficiency',
    maintenance: 'maintenance',
    latency: 'latency',
    awake_after_onset: 'awake_after_onset',
    awakenings: 'awakenings',
    long_awakenings: 'long_awakenings',
    core_share: 'core_share',
    deep_share: 'deep_share',
    rem_share: 'rem_share',
    naps_per_day: 'naps',
  },
  heart: {
    time_weighted_rate: 'heart_rate',
    day_rate: 'day_heart_rate',
    night_rate: 'night_heart_rate',
    night_dip: 'night_dip',
    walking_rate: 'walking_heart_rate',
  },
  hrv: { night_sdnn: 'night_sdnn' },
  respiration: { night_rate: 'night_respiratory_rate' },
  oxygen: {
    night_saturation: 'night_oxygen',
    minutes_read: 'oxygen_minutes',
    minutes_below_94: 'oxygen_below_94',
    minutes_below_92: 'oxygen_below_92',
    minutes_below_90: 'oxygen_below_90',
  },
  temperature: { wrist: 'wrist_temperature', body: 'body_temperature' },
  fitness: { vo2_max: 'vo2_max' },
} as const satisfies Record<string, Record<string, DayFigure>>

export type DayMedians = Record<keyof typeof SECTIONS, MeasureSection>

/**
 * Medians over the window's valid days of what each day's vitals say; a day without the figure does not count, and a
 * figure that no day has is null.
 */
export function dayMedians(days: readonly DayRecord[]): DayMedians {
  const sections = Object.entries(SECTIONS).map(([name, section]) => [
    name,
    Object.fromEntries(
      Object.entries(section).map(([measureName, figure]) => [measureName, medianMeasure(days, figure)]),
    ),
  ])
  return Object.fromEntries(sections) as DayMedians
}

function medianMeasure(days: readonly DayRecord[], figure: DayFigure) {
  const values = figureByDate(days, figure).map(({ value }) => value)
  const { unit, method } = DAY_FIGURES[figure]
  return measure(values.length === 0 ? null : median(values), {
    unit,
    method: `${method}; median over ${values.length} of ${days.length} valid days`,
    reason: 'not measured on any valid day',
  })
}
