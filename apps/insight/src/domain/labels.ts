/** What measures are called in prose. */
const LABELS: Readonly<Record<string, string>> = {
  'sleep.asleep_per_night': 'time asleep per night',
  'sleep.in_bed_per_night': 'time in bed per night',
  'sleep.awake_per_night': 'time awake per night',
  'sleep.deep_per_night': 'deep sleep per night',
  'sleep.rem_per_night': 'REM sleep per night',
  'rhythm.interdaily_stability': 'regularity from day to day (interdaily stability)',
  'rhythm.intradaily_variability': 'fragmentation within the day (intradaily variability)',
  'rhythm.relative_amplitude': 'contrast between active and quiet hours (relative amplitude)',
  'rhythm.l5': 'activity in the quietest stretch of the day',
  'rhythm.l5_onset': 'start of the quietest stretch of the day',
  'rhythm.m10': 'activity in the most active stretch of the day',
  'rhythm.m10_onset': 'start of the most active stretch of the day',
  'rhythm.cosinor_mesor': 'mean level of the daily rhythm',
  'rhythm.cosinor_amplitude': 'swing of the daily rhythm',
  'rhythm.cosinor_peak': 'peak of the daily rhythm',
  'activity.steps_per_day': 'step count per day',
  'activity.distance_per_day': 'distance per day',
  'activity.active_energy_per_day': 'active energy per day',
  'activity.exercise_per_day': 'exercise per day',
  'activity.flights_per_day': 'climbing per day',
  'heart.mean_rate': 'mean heart rate',
  'heart.lowest_rate': 'lowest heart rate of the day',
  'heart.highest_rate': 'highest heart rate of the day',
  'heart.resting_rate': 'resting heart rate',
  'hrv.sdnn': 'heart rate variability (SDNN)',
  'respiration.rate': 'breathing rate',
  'oxygen.saturation': 'oxygen saturation',
  'oxygen.lowest_saturation': 'lowest oxygen saturation of the day',
  'window.valid_days': 'days with enough data',
  'window.coverage': 'share of the window that was observed',
  'quality.days': 'days of the window',
}

/** The measure's name in prose; a measure that is not listed is called by its path's last words. */
export function label(path: string): string {
  return LABELS[path] ?? (path.split('.').at(-1) ?? path).replaceAll('_', ' ')
}
