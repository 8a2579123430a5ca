import {
  LAYER_NORM_EPSILON,
  PATCH_BIAS,
  PATCH_KERNEL,
  WIDTH,
  layerTensor,
  patchesOf,
  positionTable,
} from './pat-architecture.ts'
import type { PatWeights } from './pat-weights.ts'

// The encoder once more, in plain float64 arithmetic and straight from the Keras tensors: what an imported model is
// proved against. It shares no arithmetic with the graph or the runtime, and is slow (S a second, L half a minute).

type Rows = readonly Float64Array[]
type Read = (name: string) => Float32Array

function affine(rows: Rows, kernel: Float32Array, bias: Float32Array): Float64Array[] {
  const columns = bias.length
  return rows.map((row) => {
    const output = Float64Array.from(bias)
    row.forEach((factor, k) => {
      const offset = k * columns
      for (let column = 0; column < columns; column += 1) {
        output[column]! += factor * kernel[offset + column]!
      }
    })
    return output
  })
}

function add(left: Rows, right: Rows): Float64Array[] {
  return left.map((row, index) => row.map((value, column) => value + right[index]![column]!))
}

function normalise(rows: Rows, gamma: Float32Array, beta: Float32Array): Float64Array[] {
  return rows.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
    const sd = Math.sqrt(variance + LAYER_NORM_EPSILON)
    return row.map((value, column) => ((value - mean) / sd) * gamma[column]! + beta[column]!)
  })
}

function softmax(scores: Float64Array): Float64Array {
  const highest = scores.reduce((high, score) => Math.max(high, score), -Infinity)
  const powers = scores.map((score) => Math.exp(score - highest))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}

function dot(left: Float64Array, right: Float64Array): number {
  const sums: [number, number, number, number] = [0, 0, 0, 0] // four chains keep the adder busy
  for (let i = 0; i < WIDTH; i += 4) {
    sums[0] += left[i]! * right[i]!
    sums[1] += left[i + 1]! * right[i + 1]!
    sums[2] += left[i + 2]! * right[i + 2]!
    sums[3] += left[i + 3]! * right[i + 3]!
  }
  return sums[0] + sums[1] + sums[2] + sums[3]
}

/** One head: every query's mean of the values, weighed by softmax(query · key / √96). */
function attend(query: Rows, key: Rows, value: Rows): Float64Array[] {
  const scale = Math.sqrt(WIDTH)
  return query.map((row) => {
    const scores = new Float64Array(key.length)
    for (let index = 0; index < key.length; index += 1) scores[index] = dot(row, key[index]!) / scale
    const shares = softmax(scores)
    const mixed = new Float64Array(WIDTH)
    for (let index = 0; index < value.length; index += 1) {
      const [share, other] = [shares[index]!, value[index]!]
      for (let i = 0; i < WIDTH; i += 1) mixed[i]! += share * other[i]!
    }
    return mixed
  })
}

function attention(rows: Rows, heads: number, read: Read): Float64Array[] {
  const project = (role: string) => {
    const flat = affine(rows, read(`attention/${role}/kernel:0`), read(`attention/${role}/bias:0`))
    return (head: number) => flat.map((row) => row.subarray(head * WIDTH, (head + 1) * WIDTH))
  }
  const [query, key, value] = [project('query'), project('key'), project('value')]
  const mixed = Array.from({ length: heads }, (_, head) => attend(query(head), key(head), value(head)))
  const flat = rows.map((_, index) => Float64Array.from(mixed.flatMap((head) => [...head[index]!])))
  const name = 'attention/attention_output'
  return affine(flat, read(`${name}/kernel:0`), read(`${name}/bias:0`))
}

function encoderLayer(rows: Rows, heads: number, read: Read): Float64Array[] {
  const first = normalise(
    add(rows, attention(rows, heads, read)),
    read('norm1/gamma:0'),
    read('norm1/beta:0'),
  )
  const hidden = affine(first, read('ff1/kernel:0'), read('ff1/bias:0'))
  const active = hidden.map((row) => row.map((value) => Math.max(0, value)))
  const second = affine(active, read('ff2/kernel:0'), read('ff2/bias:0'))
  return normalise(add(first, second), read('norm2/gamma:0'), read('norm2/beta:0'))
}

/** Patches [P][96] of one input of 10080 values, in float64. */
export function encodeInFloat64(
  { architecture, tensors }: PatWeights,
  activity: Float32Array,
): Float64Array[] {
  const read: Read = (name) => tensors.get(name)!.data
  const { patch, layers, heads } = architecture
  const patches = patchesOf(architecture)
  const cut = Array.from({ length: patches }, (_, index) =>
    Float64Array.from(activity.subarray(index * patch, (index + 1) * patch)),
  )
  const table = positionTable(patches)
  const positions = cut.map((_, index) => table.subarray(index * WIDTH, (index + 1) * WIDTH))
  let state = add(affine(cut, read(PATCH_KERNEL), read(PATCH_BIAS)), positions)
  for (let layer = 1; layer <= layers; layer += 1) {
    state = encoderLayer(state, heads, (part) => read(layerTensor(layer, part)))
  }
  return state
}

/** Mean over patches: the embedding. */
export function meanOverPatches(patches: Rows): Float64Array {
  const total = new Float64Array(WIDTH)
  for (const row of patches) row.forEach((value, column) => (total[column]! += value))
  return total.map((sum) => sum / patches.length)
}
