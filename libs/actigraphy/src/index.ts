export { type Cosinor, cosinor24h } from './cosinor.ts'
export {
  type ActivityWindow,
  leastActive5Hours,
  mostActive10Hours,
  relativeAmplitude,
} from './least-most-active.ts'
export { type ClockSample, clockRecording, observedClockHours } from './minute-grid.ts'
export {
  HOURS_PER_DAY,
  MINUTES_PER_DAY,
  type Recording,
  averageDay,
  binMeans,
  formatClock,
} from './recording.ts'
export { interdailyStability, intradailyVariability } from './stability-variability.ts'
