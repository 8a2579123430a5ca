/** The published actigraphy transformer (arXiv 2411.15240): what differs between its sizes, and what does not. */
export interface PatArchitecture {
  readonly size: 'S' | 'M' | 'L'
  readonly layers: number
  readonly heads: number
  /** Minutes in a patch. */
  readonly patch: number
}

export const WEEK_MINUTES = 10_080
/** Width of a patch's representation, and of every attention head's keys, queries and values. */
export const WIDTH = 96
/** Width of a layer's hidden dense layer. */
export const HIDDEN = 256
export const LAYER_NORM_EPSILON = 1e-6

export const ARCHITECTURES: readonly PatArchitecture[] = [
  { size: 'S', layers: 1, heads: 6, patch: 18 },
  { size: 'M', layers: 2, heads: 12, patch: 18 },
  { size: 'L', layers: 4, heads: 12, patch: 9 },
]

export function patchesOf(architecture: PatArchitecture): number {
  return WEEK_MINUTES / architecture.patch
}

/** Names of one encoder layer's tensors; `layer` counts from 1. */
export function layerTensor(layer: number, part: string): string {
  return `encoder_layer_${layer}_transformer/encoder_layer_${layer}_${part}`
}

export const PATCH_KERNEL = 'dense/dense/kernel:0'
export const PATCH_BIAS = 'dense/dense/bias:0'

/** Every tensor of the encoder with its shape, in the order of the forward pass, by its name in a `save_weights` file. */
export function expectedTensors({ layers, heads, patch }: PatArchitecture): Map<string, readonly number[]> {
  const tensors = new Map<string, readonly number[]>([
    [PATCH_KERNEL, [patch, WIDTH]],
    [PATCH_BIAS, [WIDTH]],
  ])
  for (let layer = 1; layer <= layers; layer += 1) {
    const add = (part: string, shape: readonly number[]) => tensors.set(layerTensor(layer, part), shape)
    for (const role of ['query', 'key', 'value']) {
      add(`attention/${role}/kernel:0`, [WIDTH, heads, WIDTH])
      add(`attention/${role}/bias:0`, [heads, WIDTH])
    }
    add('attention/attention_output/kernel:0', [heads, WIDTH, WIDTH])
    add('attention/attention_output/bias:0', [WIDTH])
    addNorm(add, 'norm1')
    add('ff1/kernel:0', [WIDTH, HIDDEN])
    add('ff1/bias:0', [HIDDEN])
    add('ff2/kernel:0', [HIDDEN, WIDTH])
    add('ff2/bias:0', [WIDTH])
    addNorm(add, 'norm2')
  }
  return tensors
}

function addNorm(add: (part: string, shape: readonly number[]) => void, name: string): void {
  add(`${name}/gamma:0`, [WIDTH])
  add(`${name}/beta:0`, [WIDTH])
}

/**
 * Positions as published: the sine of every frequency, then the cosine of every frequency (not interleaved),
 * frequency k = exp(−2k ln(10000) / 96). Float64 [patches × 96], row-major.
 */
export function positionTable(patches: number): Float64Array {
  const half = WIDTH / 2
  const table = new Float64Array(patches * WIDTH)
  for (let patch = 0; patch < patches; patch += 1) {
    for (let k = 0; k < half; k += 1) {
      const angle = patch * Math.exp((-2 * k * Math.log(10_000)) / WIDTH)
      table[patch * WIDTH + k] = Math.sin(angle)
      table[patch * WIDTH + half + k] = Math.cos(angle)
    }
  }
  return table
}
