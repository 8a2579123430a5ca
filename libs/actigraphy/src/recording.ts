export const MINUTES_PER_DAY = 1440
export const HOURS_PER_DAY = 24

/**
 * Consecutive minutes of activity. `minutes` holds one value a minute in the unit of the signal (counts or
 * steps a minute); a minute that was not observed is NaN, never 0. `startMinuteOfDay` is the clock minute
 * (0..1439) of the first one.
 */
export interface Recording {
  readonly minutes: Float64Array
  readonly startMinuteOfDay: number
}

/** Means over bins of `length` minutes from the first minute on, of the observed minutes; NaN where there are none. */
export function binMeans(recording: Recording, length: number): Float64Array {
  const { minutes } = recording
  const bins = new Float64Array(Math.floor(minutes.length / length))
  for (let bin = 0; bin < bins.length; bin += 1) {
    bins[bin] = mean(minutes.subarray(bin * length, (bin + 1) * length))
  }
  return bins
}

/**
 * The average day: 1440 means by clock minute over the days on which that minute was observed; NaN where it
 * never was.
 */
export function averageDay(recording: Recording): Float64Array {
  const sums = new Float64Array(MINUTES_PER_DAY)
  const counts = new Float64Array(MINUTES_PER_DAY)
  recording.minutes.forEach((value, index) => {
    if (Number.isNaN(value)) return
    const clockMinute = (recording.startMinuteOfDay + index) % MINUTES_PER_DAY
    sums[clockMinute]! += value
    counts[clockMinute]! += 1
  })
  return sums.map((sum, minute) => sum / counts[minute]!)
}

/** Mean of the values that are not NaN; NaN where there is none. */
export function mean(values: Float64Array): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return sum / count
}

/** Clock minute as local `HH:MM`, rounded down to the whole minute. */
export function formatClock(minuteOfDay: number): string {
  const whole = Math.floor(minuteOfDay) % MINUTES_PER_DAY
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
}
