import { MINUTES_PER_DAY } from './recording.ts'
import { type SleepWake, UNSCORED } from './sleep-wake.ts'

/**
 * Sleep regularity index: how alike the states of two moments 24 hours apart are.
 *
 *   SRI = −100 + 200/(M (N − 1)) Σ_j Σ_i δ(s_{i,j}, s_{i+1,j}),  M minutes a day, N days
 *
 * With unscored minutes the mean runs over the pairs of which both are scored. Dimensionless, −100 (each day the
 * reverse of the last) to 100 (all alike); 0 is chance. It follows the scoring: values of two methods or scales
 * cannot be compared. `null` where no pair is scored, thus for a day or less. On a day that the clock changes
 * the pairs are 24 hours apart, not the same clock time.
 * Source: Phillips et al. 2017, Sci Rep 7:3216.
 */
export function sleepRegularityIndex({ states }: Pick<SleepWake, 'states'>): number | null {
  let pairs = 0
  let equal = 0
  for (let index = MINUTES_PER_DAY; index < states.length; index += 1) {
    const now = states[index]!
    const before = states[index - MINUTES_PER_DAY]!
    if (now === UNSCORED || before === UNSCORED) continue
    pairs += 1
    // Sleep is 1 and wake 0: arithmetic, because whether two minutes agree is not to be foreseen.
    equal += 1 - Math.abs(now - before)
  }
  return pairs === 0 ? null : -100 + (200 * equal) / pairs
}
