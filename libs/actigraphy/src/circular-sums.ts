/**
 * Sums of `length` consecutive values from every index on, around the circle. Built from sums of 1, 2, 4, …
 * values: a running sum would drift, and a window of zeros would not be 0.
 */
export function circularSums(values: Float64Array, length: number): Float64Array {
  const size = values.length
  const sums = new Float64Array(size)
  let block = values
  let covered = 0
  for (let span = 1; span <= length; span *= 2) {
    if (length & span) {
      addShifted(sums, block, covered)
      covered += span
    }
    if (span * 2 <= length) block = addShifted(block.slice(), block, span)
  }
  return sums
}

/** Adds `values`, turned so that index 0 is `shift`, to `sums`: two plain stretches are faster than a remainder. */
function addShifted(sums: Float64Array, values: Float64Array, shift: number): Float64Array {
  const size = values.length
  const turn = shift % size
  for (let index = 0; index < size - turn; index += 1) sums[index]! += values[index + turn]!
  for (let index = size - turn; index < size; index += 1) sums[index]! += values[index + turn - size]!
  return sums
}
