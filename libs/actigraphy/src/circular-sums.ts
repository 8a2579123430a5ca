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
      for (let index = 0; index < size; index += 1) sums[index]! += block[(index + covered) % size]!
      covered += span
    }
    if (span * 2 <= length) block = doubled(block, span)
  }
  return sums
}

function doubled(block: Float64Array, span: number): Float64Array {
  const size = block.length
  const sums = new Float64Array(size)
  for (let index = 0; index < size; index += 1) sums[index] = block[index]! + block[(index + span) % size]!
  return sums
}
