/** What measures are called in prose, in the order in which they are told: what matters most stands first. */
const LABELS: Readonly<Record<string, string>> = {
  'sleep.asleep_per_night': 'time asleep per night',
  'rhythm.interdaily_stability': 'regularity from day to day (interdaily stability)',
  'rhythm.relative_amplitude': 'contrast between active and quiet hours (relative amplitude)',
  'activity.steps_per_day': 'step count per day',
  'heart.resting_rate': 'resting heart rate',
  'rhythm.m10_onset': 'start of the most active stretch of the day',
  'hrv.sdnn': 'heart rate variability (SDNN)',
  'oxygen.saturation': 'oxygen saturation',
  'sleep.efficiency': 'sleep efficiency',
  'sleep.regularity_index': 'sleep regularity index',
  'heart.night_rate': 'heart rate in sleep',
  'hrv.night_sdnn': 'heart rate variability in sleep',
  'respiration.night_rate': 'breathing rate in sleep',
  'oxygen.night_saturation': 'oxygen saturation in sleep',
  'sleep.debt': 'sleep debt',
  'sleep.own_need': 'usual sleep before free days',
  'sleep.social_jet_lag': 'social jet lag',
  'sleep.latency': 'time to fall asleep',
  'sleep.awake_after_onset': 'time awake after falling asleep',
  'sleep.awakenings': 'number of awakenings',
  'sleep.onset_time': 'time of falling asleep',
  'sleep.waking_time': 'time of waking',
  'sleep.middle_time': 'midpoint of sleep',
  'sleep.onset_spread': 'spread of the times of falling asleep',
  'sleep.deep_share': 'share of deep sleep',
  'sleep.rem_share': 'share of REM sleep',
  'sleep.naps_per_day': 'nap time per day',
  'sleep.in_bed_per_night': 'time in bed per night',
  'sleep.awake_per_night': 'time awake per night',
  'sleep.deep_per_night': 'deep sleep per night',
  'sleep.rem_per_night': 'REM sleep per night',
  'rhythm.intradaily_variability': 'fragmentation within the day (intradaily variability)',
  'rhythm.l5': 'activity in the quietest stretch of the day',
  'rhythm.l5_onset': 'start of the quietest stretch of the day',
  'rhythm.m10': 'activity in the most active stretch of the day',
  'rhythm.cosinor_mesor': 'mean level of the daily rhythm',
  'rhythm.cosinor_amplitude': 'swing of the daily rhythm',
  'rhythm.cosinor_peak': 'peak of the daily rhythm',
  'activity.distance_per_day': 'distance per day',
  'activity.active_energy_per_day': 'active energy per day',
  'activity.exercise_per_day': 'exercise per day',
  'activity.flights_per_day': 'climbing per day',
  'activity.brisk_walking_minutes': 'brisk walking per day',
  'activity.steps_variation': 'variation of the step count',
  'activity.weekday_steps': 'step count on weekdays',
  'activity.weekend_steps': 'step count at weekends',
  'heart.time_weighted_rate': 'heart rate over the whole day',
  'heart.day_rate': 'heart rate while awake',
  'heart.night_dip': 'night dip of the heart rate',
  'heart.walking_rate': 'walking heart rate',
  'heart.recovery_one_minute': 'heart rate recovery',
  'heart.irregular_rhythm_events': 'notifications of an irregular rhythm',
  'heart.mean_rate': 'mean heart rate',
  'heart.lowest_rate': 'lowest heart rate of the day',
  'heart.highest_rate': 'highest heart rate of the day',
  'respiration.rate': 'breathing rate',
  'oxygen.lowest_saturation': 'lowest oxygen saturation of the day',
  'oxygen.lowest_sustained': 'lowest sustained oxygen saturation',
  'hrv.night_sdnn_trend': 'weekly trend of the heart rate variability in sleep',
  'respiration.night_rate_trend': 'weekly trend of the breathing rate in sleep',
  'temperature.wrist': 'wrist temperature in sleep',
  'temperature.body': 'body temperature',
  'fitness.vo2_max': 'cardio fitness (VO2max)',
  'fitness.vo2_max_trend': 'weekly trend of the cardio fitness',
  'blood_pressure.systolic': 'systolic blood pressure',
  'blood_pressure.diastolic': 'diastolic blood pressure',
  'blood_pressure.highest_systolic': 'highest systolic blood pressure',
  'blood_pressure.highest_diastolic': 'highest diastolic blood pressure',
  'blood_pressure.pulse_pressure': 'pulse pressure',
  'glucose.mean': 'mean glucose',
  'glucose.lowest': 'lowest glucose',
  'glucose.highest': 'highest glucose',
  'glucose.variation': 'variation of the glucose',
  'window.valid_days': 'days with enough data',
  'window.coverage': 'share of the window that was observed',
  'quality.days': 'days of the window',
}

/** Where a fact stands that tells how far a measure lies from the person's own baseline. */
export const DEVIATION = 'baseline_deviations.'

/** Figures behind figures: bounds, counts, and shares and minutes beyond a limit. Prompts leave them out. */
const BEHIND =
  /_(low|high)$|\.(readings|minutes_\w+|share_\w+|peak_30\w+|mean_arterial_pressure|long_awakenings|core_share|maintenance)$|_minutes$|^rhythm\.(mean_inter|mean_intra|active_to|rest_to)/

/** True for a measure that a prompt tells. */
export function isTold(path: string): boolean {
  return isLabelled(path) || !BEHIND.test(path)
}

/** The measure's name in prose; a measure that is not listed is called by its path's last words. */
export function label(path: string): string {
  if (path.startsWith(DEVIATION))
    return `change of the ${label(path.slice(DEVIATION.length)).replace(/ \(.*\)$/, '')} from your own baseline`
  return LABELS[path] ?? (path.split('.').at(-1) ?? path).replaceAll('_', ' ')
}

/** True for a measure that has a name of its own. */
export function isLabelled(path: string): boolean {
  return path.replace(DEVIATION, '') in LABELS
}

/** What the labelled measures are called, in whole, without what stands in parentheses, and by that; longest first. */
export function names(): (readonly [name: string, path: string])[] {
  return Object.entries(LABELS)
    .flatMap(([path, whole]) => {
      const [, short, term] = /^(.*) \((.*)\)$/.exec(whole) ?? []
      return [whole, short, term].flatMap((name) => (name === undefined ? [] : [[name, path] as const]))
    })
    .sort(([one], [other]) => other.length - one.length)
}

const ORDER = Object.keys(LABELS)

/** Sorts measures into the order in which they are told, whatever order they were stored in. */
export function byImportance(one: { readonly path: string }, other: { readonly path: string }): number {
  return rank(one.path) - rank(other.path) || one.path.localeCompare(other.path, 'en')
}

function rank(path: string): number {
  const index = ORDER.indexOf(path)
  return index === -1 ? ORDER.length : index
}
