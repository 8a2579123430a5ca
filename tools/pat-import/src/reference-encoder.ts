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

/** target += Σ factors[r] × rows[r]: the one inner loop, four rows at a time so that it is bearable. */
function accumulate(target: Float64Array, factors: Float64Array, rows: Rows): Float64Array {
  const none = new Float64Array(target.length)
  for (let r = 0; r < rows.length; r += 4) {
    const [a, b, c, d] = [rows[r]!, rows[r + 1] ?? none, rows[r + 2] ?? none, rows[r + 3] ?? none]
    const [fa, fb, fc, fd] = [factors[r]!, factors[r + 1] ?? 0, factors[r + 2] ?? 0, factors[r + 3] ?? 0]
    for (let i = 0; i < target.length; i += 1) {
      target[i]! += fa * a[i]! + fb * b[i]! + fc * c[i]! + fd * d[i]!
    }
  }
  return target
}

function affine(rows: Rows, kernel: Float32Array, bias: Float32Array): Float64Array[] {
  const columns = bias.length
  const kernelRows = Array.from({ length: kernel.length / columns }, (_, row) =>
    Float64Array.from(kernel.subarray(row * columns, (row + 1) * columns)),
  )
  return rows.map((row) => accumulate(Float64Array.from(bias), row, kernelRows))
}

function transpose(rows: Rows): Float64Array[] {
  return Array.from(rows[0]!, (_, column) => Float64Array.from(rows, (row) => row[column]!))
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
  let highest = -Infinity
  for (const score of scores) highest = Math.max(highest, score)
  const powers = scores.map((score) => Math.exp(score - highest))
  let total = 0
  for (const power of powers) total += power
  return powers.map((power) => power / total)
}

/**
 * One head: every query's mean of the values, weighed by softmax(query · key / √96). Adds to `received` what weight
 * each patch had.
 */
function attend([query, key, value]: readonly [Rows, Rows, Rows], received: Float64Array): Float64Array[] {
  const keyColumns = transpose(key)
  return query.map((row) => {
    const products = accumulate(new Float64Array(key.length), row, keyColumns)
    const shares = softmax(products.map((product) => product / Math.sqrt(WIDTH)))
    for (let patch = 0; patch < shares.length; patch += 1) received[patch]! += shares[patch]!
    return accumulate(new Float64Array(WIDTH), shares, value)
  })
}

interface LayerWeights {
  readonly heads: number
  readonly read: Read
}

function attention(rows: Rows, { heads, read }: LayerWeights, received: Float64Array): Float64Array[] {
  const project = (role: string) => {
    const flat = affine(rows, read(`attention/${role}/kernel:0`), read(`attention/${role}/bias:0`))
    return (head: number) => flat.map((row) => row.subarray(head * WIDTH, (head + 1) * WIDTH))
  }
  const [query, key, value] = [project('query'), project('key'), project('value')]
  const mixed = Array.from({ length: heads }, (_, head) =>
    attend([query(head), key(head), value(head)], received),
  )
  const flat = rows.map((_, index) => Float64Array.from(mixed.flatMap((head) => [...head[index]!])))
  const name = 'attention/attention_output'
  return affine(flat, read(`${name}/kernel:0`), read(`${name}/bias:0`))
}

function encoderLayer(rows: Rows, weights: LayerWeights, received: Float64Array): Float64Array[] {
  const { read } = weights
  const first = normalise(
    add(rows, attention(rows, weights, received)),
    read('norm1/gamma:0'),
    read('norm1/beta:0'),
  )
  const hidden = affine(first, read('ff1/kernel:0'), read('ff1/bias:0'))
  const active = hidden.map((row) => row.map((value) => Math.max(0, value)))
  const second = affine(active, read('ff2/kernel:0'), read('ff2/bias:0'))
  return normalise(add(first, second), read('norm2/gamma:0'), read('norm2/beta:0'))
}

export interface ReferenceEncoding {
  /** [P][96] */
  readonly patches: Rows
  /** Each patch's share of the last layer's attention, over all queries and heads; 1 in total. */
  readonly attention: Float64Array
}

/** Encodes one input of 10080 values in float64. */
export function encodeInFloat64(
  { architecture, tensors }: PatWeights,
  activity: Float32Array,
): ReferenceEncoding {
  const read: Read = (name) => tensors.get(name)!.data
  const { patch, layers, heads } = architecture
  const patches = patchesOf(architecture)
  const cut = Array.from({ length: patches }, (_, index) =>
    Float64Array.from(activity.subarray(index * patch, (index + 1) * patch)),
  )
  const table = positionTable(patches)
  const positions = cut.map((_, index) => table.subarray(index * WIDTH, (index + 1) * WIDTH))
  let state = add(affine(cut, read(PATCH_KERNEL), read(PATCH_BIAS)), positions)
  let received = new Float64Array(patches)
  for (let layer = 1; layer <= layers; layer += 1) {
    received = new Float64Array(patches)
    state = encoderLayer(state, { heads, read: (part) => read(layerTensor(layer, part)) }, received)
  }
  return { patches: state, attention: received.map((sum) => sum / (heads * patches)) }
}

/** Mean over patches: the embedding. */
export function meanOverPatches(patches: Rows): Float64Array {
  const total = new Float64Array(WIDTH)
  for (const row of patches) row.forEach((value, column) => (total[column]! += value))
  return total.map((sum) => sum / patches.length)
}
