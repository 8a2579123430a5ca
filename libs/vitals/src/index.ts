export { BASELINE_DAYS, type Baseline, LEAST_BASELINE_DAYS, baselineOf, robustZ } from './baseline.ts'
export {
  type PressureReading,
  type PressureSummary,
  pressureReadings,
  pressureSummary,
} from './blood-pressure.ts'
export { type CadenceBand, cadenceBands, peakCadence } from './cadence.ts'
export { type DateValue, dailyVariation, meanOfDays } from './consistency.ts'
export { DAY_FIGURES, type DatedVitals, type DayFigure, type DayVitals } from './day-figures.ts'
export { reachesNextDay, vitalsByDay } from './day-vitals.ts'
export { type Comparison, type Deviation, deviationsOf } from './deviations.ts'
export { type Estimate } from './estimate.ts'
export { type GlucoseSummary, glucoseSummary } from './glucose.ts'
export { type Span, heartRateRecovery } from './heart.ts'
export type { Reading } from './readings.ts'
export type { Evidence, RedFlag } from './red-flags/red-flag.ts'
export { type Examination, RED_FLAG_RULES, examineRedFlags } from './red-flags/red-flag-rules.ts'
export { type RecordedSleep, recordedSleepStates } from './sleep-states.ts'
export { type NightValue, ownSleepNeed, sleepDebt, socialJetLag, timingSpread } from './sleep-timing.ts'
export { median } from './statistics.ts'
export { type Duration, lowestSustained } from './sustained.ts'
export { type DayValue, type Trend, trendOf } from './trend.ts'
