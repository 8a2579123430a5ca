/**
 * Sums of `length` consecutive values from every index on that has as many; none where there are fewer.
 *
 * A window is the end of one block of `length` values and the beginning of the next, so each sum is one addition of
 * two that only ever grew: a running sum would drift, and a window of zeros would not be 0.
 */
export function windowSums(values: Float64Array, length: number): Float64Array {
  const sums = new Float64Array(Math.max(0, values.length - length + 1))
  for (let start = 0; start < sums.length; start += length) {
    const next = start + length
    let tail = 0
    for (let index = next - 1; index >= start; index -= 1) {
      tail += values[index]!
      if (index < sums.length) sums[index] = tail
    }
    let head = 0
    for (let index = start + 1; index < next && index < sums.length; index += 1) {
      head += values[index + length - 1]!
      sums[index]! += head
    }
  }
  return sums
}

/** The same from every index on, around the circle. `length` is at most that of the circle. */
export function circularSums(values: Float64Array, length: number): Float64Array {
  const unrolled = new Float64Array(values.length + length - 1)
  unrolled.set(values)
  unrolled.set(values.subarray(0, length - 1), values.length)
  return windowSums(unrolled, length)
}
