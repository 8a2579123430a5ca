/**
 * The minutes with `before` zeros before and `after` zeros after them, and 0 for each unobserved one: outside the
 * recording nothing moves, as the published scorings have it at its ends. Minute i stands at i + before.
 */
export function zeroPadded(minutes: Float64Array, before: number, after: number): Float64Array {
  const padded = new Float64Array(before + minutes.length + after)
  for (let index = 0; index < minutes.length; index += 1) {
    const value = minutes[index]!
    if (!Number.isNaN(value)) padded[index + before] = value
  }
  return padded
}
