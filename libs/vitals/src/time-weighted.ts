import { type Estimate, absent, known } from './estimate.ts'
import { type Reading, inOrder, minutesHeld } from './readings.ts'

/**
 * Mean of a level over the time that its readings stand for:
 *
 *   x̄ = Σ v_i d_i / Σ d_i,  d_i from reading i to the next one, at most `capMinutes`
 *
 * A reading of its own length (an average over an hour) stands for that length. Without the cap, one reading before
 * a night without a watch would weigh eight hours; with equal spacing it is the plain mean. In the unit of the
 * readings, between the lowest and the highest; unordered and repeated readings change nothing; `null` without one.
 * Source: Matthews et al. 1990, BMJ 300:230–235 (summary of serial measurements by their weighted mean); the cap is
 * this project's.
 */
export function timeWeightedMean(readings: readonly Reading[], capMinutes: number): Estimate {
  const ordered = inOrder(readings)
  let [sum, minutes] = [0, 0]
  for (const [index, reading] of ordered.entries()) {
    const held = minutesHeld(reading, ordered[index + 1], capMinutes)
    sum += reading.value * held
    minutes += held
  }
  return minutes === 0 ? absent('no readings') : known(sum / minutes)
}
