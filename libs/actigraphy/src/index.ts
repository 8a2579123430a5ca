export {
  ACTILIFE_COLE_KRIPKE,
  ACTILIFE_SADEH,
  type ActivityCounts,
  type CountScale,
  RAW_COUNTS,
  activityCounts,
  describeScale,
} from './activity-counts.ts'
export { type ClockChange, alignToClock } from './clock-alignment.ts'
export { type ColeKripkeMethod, coleKripke } from './cole-kripke.ts'
export { type Cosinor, cosinor24h } from './cosinor.ts'
export {
  type ActivityWindow,
  type DayActivity,
  activityByDay,
  leastActive5Hours,
  mostActive10Hours,
  relativeAmplitude,
} from './least-most-active.ts'
export { type ClockSample, clockRecording, observedClockHours } from './minute-grid.ts'
export { type MinutePoint, recordingFromPoints } from './minute-series.ts'
export { type NightMetrics, type OnsetRule, nightMetrics } from './night-metrics.ts'
export { type MinuteInterval, nonWearIntervals, observedMinutesByDay, withoutIntervals } from './non-wear.ts'
export { type OakleyThreshold, automaticWakeThreshold, oakley } from './oakley.ts'
export {
  HOURS_PER_DAY,
  MINUTES_PER_DAY,
  type Recording,
  averageDay,
  averageHours,
  binMeans,
  formatClock,
  requireActivity,
} from './recording.ts'
export { restIntervals } from './rest-intervals.ts'
export { type SadehMethod, sadeh } from './sadeh.ts'
export { scripps } from './scripps.ts'
export { sleepRegularityIndex } from './sleep-regularity.ts'
export { SLEEP_SCORING_METHODS, type SleepScoringMethod, scoreSleepWake } from './sleep-scoring.ts'
export { SLEEP, type SleepWake, UNSCORED, WAKE, formatSleepWake, sleepShare } from './sleep-wake.ts'
export {
  MEAN_BIN_MINUTES,
  type MeanStabilityVariability,
  interdailyStability,
  intradailyVariability,
  meanStabilityVariability,
} from './stability-variability.ts'
export { type TransitionProbabilities, transitionProbabilities } from './transition-probabilities.ts'
export { websterRescored } from './webster-rescoring.ts'
