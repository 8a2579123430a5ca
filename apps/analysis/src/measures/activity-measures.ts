import { MINUTES_PER_DAY, type Recording } from '@clarity/actigraphy'
import { datesBetween } from '@clarity/health-data'
import type { DayRecord } from '@clarity/record-store'
import {
  type CadenceBand,
  type Estimate,
  cadenceBands,
  dailyVariation,
  meanOfDays,
  peakCadence,
} from '@clarity/vitals'
import type { AnalysisInput } from './analysis-input.ts'
import { type MeasureSection, estimated, measure } from './measure.ts'
import { observesMinutes } from './observed-hours.ts'

const BANDS: readonly (readonly [CadenceBand, string])[] = [
  ['incidental', 'incidental_minutes'],
  ['sporadic', 'sporadic_minutes'],
  ['purposeful', 'purposeful_minutes'],
  ['slow', 'slow_walking_minutes'],
  ['medium', 'medium_walking_minutes'],
  ['brisk', 'brisk_walking_minutes'],
  ['faster', 'faster_walking_minutes'],
]
const MINUTE_MS = 60_000
/** Share of the steps that has to come minute by minute: what comes in longer spans has lost its cadence. */
const LEAST_MINUTE_SHARE = 0.5

/** Cadence, consistency, and the days of the week apart; all from steps, on the window's valid days. */
export function activityMeasures(
  input: AnalysisInput,
  { recording, validDays }: { readonly recording: Recording; readonly validDays: readonly DayRecord[] },
): MeasureSection {
  const steps = validDays.flatMap(({ date, steps }) => (steps === null ? [] : [{ date, value: steps }]))
  return {
    ...cadenceMeasures(input, { recording, validDays }),
    steps_variation: estimated(dailyVariation(steps.map(({ value }) => value)), {
      unit: '%',
      method: 'Pearson 1896, coefficient of variation of the daily steps',
    }),
    weekday_steps: estimated(meanOfDays(steps, 'weekdays'), {
      unit: 'steps',
      method: 'mean of the daily steps, Monday to Friday',
    }),
    weekend_steps: estimated(meanOfDays(steps, 'weekend'), {
      unit: 'steps',
      method: 'mean of the daily steps, Saturday and Sunday',
    }),
  }
}

function cadenceMeasures(
  input: AnalysisInput,
  { recording, validDays }: { readonly recording: Recording; readonly validDays: readonly DayRecord[] },
): MeasureSection {
  const reason = whyNoCadence(input, validDays.length)
  const dates = datesBetween(input.start, input.end)
  const days = validDays.map(({ date }) => {
    const from = dates.indexOf(date) * MINUTES_PER_DAY
    return recording.minutes.subarray(from, from + MINUTES_PER_DAY)
  })
  const mean = (read: (day: Float64Array) => Estimate): number | null => {
    const values = reason === undefined ? days.flatMap((day) => read(day).value ?? []) : []
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const figure = (read: (day: Float64Array) => Estimate, unit: string, method: string) =>
    measure(mean(read), { unit, method, reason: reason ?? 'no valid day has observed minutes' })
  const inBand = (band: CadenceBand) => (day: Float64Array) => {
    const bands = cadenceBands(day)
    return bands.value === null ? bands : { value: bands.value[band] }
  }
  return {
    ...Object.fromEntries(
      BANDS.map(([band, name]) => [
        name,
        figure(inBand(band), 'min', 'Tudor-Locke 2011, minutes a valid day by steps in the minute'),
      ]),
    ),
    peak_30_min_cadence: figure(
      peakCadence,
      'steps/min',
      'Tudor-Locke 2012, mean of the 30 most active minutes of a valid day',
    ),
  }
}

function whyNoCadence({ samples }: AnalysisInput, validDays: number): string | undefined {
  if (validDays === 0) return 'no day of the window is valid'
  const counted = samples.filter((sample) => sample.type === 'step_count' && observesMinutes(sample))
  const sum = (chosen: typeof counted) => chosen.reduce((total, { value }) => total + (value ?? 0), 0)
  const all = sum(counted)
  if (all === 0) return 'no steps were recorded in the window'
  const minutely = counted.filter(
    ({ start, end, extent }) => extent === undefined && end > start && end - start <= MINUTE_MS,
  )
  return sum(minutely) < LEAST_MINUTE_SHARE * all
    ? 'most steps came in spans longer than a minute, which hide the cadence'
    : undefined
}
