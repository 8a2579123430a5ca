import { formatClock, sleepRegularityIndex } from '@clarity/actigraphy'
import { datesBetween } from '@clarity/health-data'
import type { DayRecord } from '@clarity/record-store'
import {
  type DayFigure,
  type Estimate,
  median,
  ownSleepNeed,
  recordedSleepStates,
  sleepDebt,
  socialJetLag,
  timingSpread,
} from '@clarity/vitals'
import type { AnalysisInput } from './analysis-input.ts'
import { type MeasureSection, estimated, measure } from './measure.ts'
import { recordedSessions } from './recorded-sleep.ts'
import { figureByDate } from './window-days.ts'

const MINUTES_PER_DAY = 1440
const CLOCK = { unit: 'local time', reason: 'no night with stages on any valid day' } as const

/** Times, regularity and debt of sleep from the stages that a device recorded: nothing is scored from activity. */
export function sleepMeasures(input: AnalysisInput, validDays: readonly DayRecord[]): MeasureSection {
  const of = (figure: DayFigure) => figureByDate(validDays, figure)
  const valuesOf = (figure: DayFigure) => of(figure).map(({ value }) => value)
  const need = ownSleepNeed(figureByDate([...input.baseline, ...validDays], 'asleep'))
  const clock = (figure: DayFigure, what: string) =>
    measure(clockOf(valuesOf(figure)), {
      ...CLOCK,
      method: `median ${what} of the device's stages, by the local clock of the day of waking`,
    })
  return {
    onset_time: clock('onset_minute', 'first sleep'),
    waking_time: clock('waking_minute', 'last sleep'),
    middle_time: clock('middle_minute', 'mid-sleep'),
    onset_spread: estimated(timingSpread(valuesOf('onset_minute')), {
      unit: 'min',
      method: 'standard deviation of the first sleep, Bei 2016',
    }),
    social_jet_lag: estimated(socialJetLag(of('middle_minute')), {
      unit: 'min',
      method: 'Wittmann 2006, |MSF − MSW|; nights that end on Saturday or Sunday stand for free days',
    }),
    regularity_index: estimated(regularity(input), {
      unit: '1',
      method: "Phillips 2017 on the device's stages, naps included",
    }),
    own_need: estimated(need, {
      unit: 'min',
      method: 'median minutes asleep in nights before free days, window and baseline (Roenneberg 2007)',
    }),
    debt: estimated(sleepDebt(valuesOf('asleep'), need), {
      unit: 'min',
      method: 'sum over the recorded nights of own need less minutes asleep (Van Dongen 2003)',
    }),
  }
}

function clockOf(minutes: readonly number[]): string | null {
  if (minutes.length === 0) return null
  return formatClock((median(minutes) + MINUTES_PER_DAY) % MINUTES_PER_DAY)
}

function regularity(input: AnalysisInput): Estimate {
  const states = recordedSleepStates({
    sessions: recordedSessions(input),
    dates: datesBetween(input.start, input.end),
    timezone: input.timezone,
  })
  const value = sleepRegularityIndex({ states })
  return value === null ? { value, reason: 'no two days in a row have a night with stages' } : { value }
}
