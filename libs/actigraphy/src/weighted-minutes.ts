/**
 * Σ_k weights[k] · A[i − behind + k] for every minute i. Minutes outside the recording count as 0, as the
 * published scorings have it at its ends, and so do unobserved ones inside.
 */
export function weightedMinutes(
  minutes: Float64Array,
  weights: readonly number[],
  behind: number,
): Float64Array {
  const padded = zeroPadded(minutes, weights.length)
  const sums = new Float64Array(minutes.length)
  const taps = Float64Array.from(weights)
  for (let index = 0; index < sums.length; index += 1) {
    let sum = 0
    const from = index + taps.length - behind
    for (let tap = 0; tap < taps.length; tap += 1) sum += taps[tap]! * padded[from + tap]!
    sums[index] = sum
  }
  return sums
}

/** The minutes with `margin` zeros before and after them, and 0 for each unobserved one. */
export function zeroPadded(minutes: Float64Array, margin: number): Float64Array {
  const padded = new Float64Array(minutes.length + 2 * margin)
  for (let index = 0; index < minutes.length; index += 1) {
    const value = minutes[index]!
    if (!Number.isNaN(value)) padded[index + margin] = value
  }
  return padded
}
