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
  'heart.mean_rate': 'mean heart rate',
  'heart.lowest_rate': 'lowest heart rate of the day',
  'heart.highest_rate': 'highest heart rate of the day',
  'respiration.rate': 'breathing rate',
  'oxygen.lowest_saturation': 'lowest oxygen saturation of the day',
  'window.valid_days': 'days with enough data',
  'window.coverage': 'share of the window that was observed',
  'quality.days': 'days of the window',
}

/** The measure's name in prose; a measure that is not listed is called by its path's last words. */
export function label(path: string): string {
  return LABELS[path] ?? (path.split('.').at(-1) ?? path).replaceAll('_', ' ')
}

/** True for a measure that has a name of its own. */
export function isLabelled(path: string): boolean {
  return path in LABELS
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
