import { MINUTES_PER_DAY } from './recording.ts'

/** Sum and number of the observed minutes from the first of each 1440 up to and with every minute. */
export interface RunningSums {
  readonly sums: Float64Array
  readonly counts: Uint16Array
}

/** Begins anew with each 1440 minutes, so that what rounding adds to a bin stays below 1440 × 2⁻⁵³ of a mean minute. */
export function runningSums(minutes: Float64Array): RunningSums {
  const running = { sums: new Float64Array(minutes.length), counts: new Uint16Array(minutes.length) }
  for (let day = 0; day < minutes.length; day += MINUTES_PER_DAY) {
    const end = Math.min(day + MINUTES_PER_DAY, minutes.length)
    let sum = 0
    let count = 0
    for (let index = day; index < end; index += 1) {
      const value = minutes[index]!
      if (!Number.isNaN(value)) {
        sum += value
        count += 1
      }
      running.sums[index] = sum
      running.counts[index] = count
    }
  }
  return running
}

/**
 * Means over bins of `length` minutes, a divisor of 1440, as `binMeans` has them; two subtractions each, however long
 * the bin is. Written to the beginning of `means`, which is the part answered.
 */
export function meansOfRunning(
  { sums, counts }: RunningSums,
  length: number,
  means: Float64Array,
): Float64Array {
  let bin = 0
  for (let day = 0; day < sums.length; day += MINUTES_PER_DAY) {
    const end = Math.min(day + MINUTES_PER_DAY, sums.length)
    let sum = 0
    let count = 0
    for (let last = day + length - 1; last < end; last += length) {
      means[bin] = (sums[last]! - sum) / (counts[last]! - count)
      sum = sums[last]!
      count = counts[last]!
      bin += 1
    }
  }
  return means.subarray(0, bin)
}
