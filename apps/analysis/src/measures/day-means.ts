import type { Measure, SummaryRow } from '@clarity/health-data'
import { measure } from './measure.ts'

type Reader = (row: SummaryRow) => number | null
type Section = Readonly<Record<string, readonly [unit: string, read: Reader]>>

const SECTIONS = {
  activity: {
    steps_per_day: ['steps', (row) => row.steps],
    distance_per_day: ['m', (row) => row.distance_m],
    active_energy_per_day: ['kcal', (row) => row.active_energy_kcal],
    exercise_per_day: ['min', (row) => row.exercise_minutes],
    flights_per_day: ['flights', (row) => row.flights],
  },
  sleep: {
    asleep_per_night: ['min', (row) => row.sleep.asleep_minutes],
    in_bed_per_night: ['min', (row) => row.sleep.in_bed_minutes],
    awake_per_night: ['min', (row) => row.sleep.awake_minutes],
    deep_per_night: ['min', (row) => row.sleep.deep_minutes],
    rem_per_night: ['min', (row) => row.sleep.rem_minutes],
  },
  heart: {
    mean_rate: ['/min', (row) => row.heart_rate.mean],
    lowest_rate: ['/min', (row) => row.heart_rate.min],
    highest_rate: ['/min', (row) => row.heart_rate.max],
    resting_rate: ['/min', (row) => row.resting_heart_rate],
  },
  hrv: { sdnn: ['ms', (row) => row.hrv_sdnn_ms.mean] },
  respiration: { rate: ['/min', (row) => row.respiratory_rate.mean] },
  oxygen: {
    saturation: ['%', (row) => row.oxygen_saturation_percent.mean],
    lowest_saturation: ['%', (row) => row.oxygen_saturation_percent.min],
  },
} as const satisfies Record<string, Section>

export type DayMeans = Record<keyof typeof SECTIONS, Record<string, Measure>>

/**
 * Means over the window's valid days of what the day summaries say; a day without the figure does not count, and a
 * figure that no day has is null. Extremes are the means of the daily extremes.
 */
export function dayMeans(rows: readonly SummaryRow[]): DayMeans {
  const sections = Object.entries(SECTIONS).map(([name, section]) => [name, sectionMeans(section, rows)])
  return Object.fromEntries(sections) as DayMeans
}

function sectionMeans(section: Section, rows: readonly SummaryRow[]): Record<string, Measure> {
  return Object.fromEntries(
    Object.entries(section).map(([name, [unit, read]]) => {
      const values = rows.map(read).filter((value) => value !== null)
      const mean = values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
      const method = `mean of the day summaries over ${values.length} of ${rows.length} valid days`
      return [name, measure(mean, { unit, method, reason: 'not measured on any valid day' })]
    }),
  )
}
