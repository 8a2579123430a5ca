import type { Dataset } from 'h5wasm'

/**
 * The values of a dataset of little-endian floats as float32, as Keras casts them when it loads: 16 bits widen exactly,
 * 64 bits go to the nearest float32. Undefined where it holds anything else.
 */
export function readFloats(dataset: Dataset): Float32Array | undefined {
  switch (dataset.dtype) {
    case '<e':
      return Float32Array.from(halvesOf(dataset), widened)
    case '<f':
    case '<d':
      return Float32Array.from(dataset.value as Float32Array | Float64Array)
    default:
      return undefined
  }
}

/** The library reads no 16-bit floats, but integers of as many bits, which are the same bytes. */
function halvesOf(dataset: Dataset): Uint16Array {
  const metadata = { ...dataset.metadata, type: H5T_INTEGER, signed: false }
  const integers = Object.create(dataset, { metadata: { value: metadata } }) as Dataset
  return integers.value as Uint16Array
}

const H5T_INTEGER = 0
const FRACTION_BITS = 10
const LARGEST_EXPONENT = 31
const EXPONENT_BIAS = 15

/** The number that the 16 bits of an IEEE 754 binary16 stand for. */
function widened(half: number): number {
  const sign = half >> 15 === 0 ? 1 : -1
  const exponent = (half >> FRACTION_BITS) & LARGEST_EXPONENT
  const fraction = (half & (2 ** FRACTION_BITS - 1)) / 2 ** FRACTION_BITS
  if (exponent === LARGEST_EXPONENT) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** (1 - EXPONENT_BIAS)
  return sign * (1 + fraction) * 2 ** (exponent - EXPONENT_BIAS)
}
