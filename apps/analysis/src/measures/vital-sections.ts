import type { Recording } from '@clarity/actigraphy'
import type { Analysis } from '@clarity/contracts'
import type { DayRecord } from '@clarity/record-store'
import { activityMeasures } from './activity-measures.ts'
import type { AnalysisInput } from './analysis-input.ts'
import { dayMeans } from './day-means.ts'
import { dayMedians } from './day-medians.ts'
import type { MeasureSection } from './measure.ts'
import { sleepMeasures } from './sleep-measures.ts'
import { spotMeasures } from './spot-measures.ts'
import { trendMeasures } from './trend-measures.ts'
import type { WindowReadings } from './window-readings.ts'

type Sections = Pick<
  Analysis,
  | 'activity'
  | 'sleep'
  | 'heart'
  | 'hrv'
  | 'respiration'
  | 'oxygen'
  | 'temperature'
  | 'fitness'
  | 'blood_pressure'
  | 'glucose'
>

interface Window {
  readonly recording: Recording
  readonly readings: WindowReadings
  readonly validDays: readonly DayRecord[]
}

/** Every section of measures; those of what few people measure are present where anything of it was. */
export function vitalSections(input: AnalysisInput, window: Window): Sections {
  const { recording, readings, validDays } = window
  const means = dayMeans(validDays)
  const medians = dayMedians(validDays)
  const spots = spotMeasures(readings)
  const days = [...input.baseline, ...validDays]
  const sdnn = { name: 'night_sdnn_trend', figure: 'night_sdnn', unit: 'ms' } as const
  const breathing = { name: 'night_rate_trend', figure: 'night_respiratory_rate', unit: '/min' } as const
  const vo2Max = { name: 'vo2_max_trend', figure: 'vo2_max', unit: 'mL/(kg·min)' } as const
  return {
    activity: { ...means.activity, ...activityMeasures(input, { recording, validDays }) },
    sleep: { ...means.sleep, ...medians.sleep, ...sleepMeasures(input, validDays) },
    heart: { ...means.heart, ...medians.heart, ...spots.heart },
    hrv: { ...means.hrv, ...medians.hrv, ...trendMeasures(days, sdnn) },
    respiration: { ...means.respiration, ...medians.respiration, ...trendMeasures(days, breathing) },
    oxygen: { ...means.oxygen, ...medians.oxygen, ...spots.oxygen },
    ...measured('temperature', medians.temperature),
    ...measured('fitness', { ...medians.fitness, ...trendMeasures(days, vo2Max) }),
    ...measured('blood_pressure', spots.blood_pressure),
    ...measured('glucose', spots.glucose),
  }
}

function measured(name: string, section: MeasureSection | undefined): Record<string, MeasureSection> {
  const isMeasured = Object.values(section ?? {}).some(({ value }) => value !== null)
  return section && isMeasured ? { [name]: section } : {}
}
