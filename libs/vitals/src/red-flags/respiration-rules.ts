import { baselineOf } from '../baseline.ts'
import { mean } from '../statistics.ts'
import { runsOfDays } from './day-runs.ts'
import type { RedFlagRule } from './red-flag.ts'

const NEWS2 = 'Royal College of Physicians 2017, NEWS2'
const NIGHTS_IN_A_ROW = 2
const LEAST_BASELINE_NIGHTS = 14
const LEAST_RISE = 3
const FAST = 25
const SLOW = 8

const base = { measure: 'respiration.night_rate', unit: '/min' } as const
const figure = 'night_respiratory_rate'

/** Breathing in sleep at least three a minute above the person's own mean, two recorded nights in a row. */
export const breathingAboveOwn: RedFlagRule = {
  ...base,
  code: 'respiratory_rate_above_own',
  title: 'Breathing rate in sleep was three or more per minute above its own mean on two nights in a row',
  citation: "Natarajan et al. 2021, npj Digit Med 4:136; two nights in a row are this project's",
  examine: ({ days, baselineDays }) => {
    const nights = baselineDays.flatMap(({ vitals }) => vitals[figure] ?? [])
    if (!baselineOf(nights).value || nights.length < LEAST_BASELINE_NIGHTS) return 'not-examined'
    const own = mean(nights)
    const isFar = (rate: number) => rate - own >= LEAST_RISE
    return runsOfDays(days, { figure, isFar, length: NIGHTS_IN_A_ROW })
  },
}

/** Breathing in sleep at 25 a minute or above, two recorded nights in a row. */
export const fastBreathing: RedFlagRule = {
  ...base,
  code: 'respiratory_rate_high',
  title: 'Breathing rate in sleep was 25 per minute or above on two nights in a row',
  citation: `${NEWS2} (25 a minute or more scores highest); two nights in a row are this project's`,
  examine: ({ days }) => runsOfDays(days, { figure, isFar: (rate) => rate >= FAST, length: NIGHTS_IN_A_ROW }),
}

/** Breathing in sleep at 8 a minute or below, two recorded nights in a row. */
export const slowBreathing: RedFlagRule = {
  ...base,
  code: 'respiratory_rate_low',
  title: 'Breathing rate in sleep was 8 per minute or below on two nights in a row',
  citation: `${NEWS2} (8 a minute or less scores highest); two nights in a row are this project's`,
  examine: ({ days }) => runsOfDays(days, { figure, isFar: (rate) => rate <= SLOW, length: NIGHTS_IN_A_ROW }),
}
