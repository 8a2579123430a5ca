/** Sum and number of the observed minutes of each bin, in order. */
export interface BinSums {
  readonly sums: Float64Array
  readonly counts: Uint16Array
}

/** Bins of `length` minutes, from the first on; a rest at the end that fills none is left out. */
export function binsOf(minutes: Float64Array, length: number): BinSums {
  const size = Math.floor(minutes.length / length)
  const bins = { sums: new Float64Array(size), counts: new Uint16Array(size) }
  for (let bin = 0, index = 0; bin < size; bin += 1) {
    let sum = 0
    let count = 0
    for (const end = index + length; index < end; index += 1) {
      const value = minutes[index]!
      if (Number.isNaN(value)) continue
      sum += value
      count += 1
    }
    bins.sums[bin] = sum
    bins.counts[bin] = count
  }
  return bins
}

/** Bins of `factor` bins each; otherwise as `binsOf`. */
export function mergedBins({ sums, counts }: BinSums, factor: number): BinSums {
  const size = Math.floor(sums.length / factor)
  const merged = { sums: new Float64Array(size), counts: new Uint16Array(size) }
  for (let bin = 0, index = 0; bin < size; bin += 1) {
    let sum = 0
    let count = 0
    for (const end = index + factor; index < end; index += 1) {
      sum += sums[index]!
      count += counts[index]!
    }
    merged.sums[bin] = sum
    merged.counts[bin] = count
  }
  return merged
}

/** The mean of each bin; NaN where nothing was observed. */
export function meansOfBins({ sums, counts }: BinSums): Float64Array {
  const means = new Float64Array(sums.length)
  for (let bin = 0; bin < means.length; bin += 1) means[bin] = sums[bin]! / counts[bin]!
  return means
}
