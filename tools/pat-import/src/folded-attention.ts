import { type Affine, type GraphBuilder, type Layer, affineOf } from './graph-builder.ts'
import { WIDTH, patchesOf } from './pat-architecture.ts'

/**
 * The two dense layers that are left of attention's four when every head is as wide as what it reads. For a head with
 * query x·Q + q, key x·K + k, value x·V + v and its rows O of the output layer:
 *
 *   score(i, j) = (xᵢQ + q)·(xⱼK + k) / √96 = (xᵢ·QKᵀ + qKᵀ)/√96 · xⱼ + what is the same for all j
 *   Σⱼ share(i, j)·(xⱼV + v)·O              = (Σⱼ share(i, j)·xⱼ)·VO + vO       as the shares sum to 1
 *
 * Softmax does not see what is the same for all j. So x itself is key and value of every head; computed in float64.
 */
function foldAttention(layer: Layer): { query: Affine; output: Affine } {
  const { heads } = layer.architecture
  const [query, key, value, output] = ['query', 'key', 'value', 'attention_output'].map((role) =>
    affineOf(layer, `attention/${role}`),
  ) as [Affine, Affine, Affine, Affine]
  const width = heads * WIDTH
  const folded = {
    query: { kernel: new Float32Array(WIDTH * width), bias: new Float32Array(width) },
    output: { kernel: new Float32Array(width * WIDTH), bias: new Float32Array(WIDTH) },
  }
  const bias = Float64Array.from(output.bias)
  for (let head = 0; head < heads; head += 1) {
    const columns = (matrix: Float32Array) => columnsOf(matrix, width, head * WIDTH)
    const outputRows = Array.from({ length: WIDTH }, (_, column) =>
      Float64Array.from({ length: WIDTH }, (_, row) => output.kernel[(head * WIDTH + row) * WIDTH + column]!),
    )
    const [queries, keys, values] = [columns(query.kernel), columns(key.kernel), columns(value.kernel)]
    const own = (bias: Float32Array) => Float64Array.from(bias.subarray(head * WIDTH, (head + 1) * WIDTH))
    for (let column = 0; column < WIDTH; column += 1) {
      const at = head * WIDTH + column
      for (let row = 0; row < WIDTH; row += 1) {
        folded.query.kernel[row * width + at] = dot(queries[row]!, keys[column]!) / Math.sqrt(WIDTH)
        folded.output.kernel[(head * WIDTH + row) * WIDTH + column] = dot(values[row]!, outputRows[column]!)
      }
      folded.query.bias[at] = dot(own(query.bias), keys[column]!) / Math.sqrt(WIDTH)
      bias[column]! += dot(own(value.bias), outputRows[column]!)
    }
  }
  folded.output.bias.set(bias)
  return folded
}

/** Of each row of a matrix the 96 values from `start`. */
function columnsOf(matrix: Float32Array, width: number, start: number): Float64Array[] {
  return Array.from({ length: matrix.length / width }, (_, row) =>
    Float64Array.from(matrix.subarray(row * width + start, row * width + start + WIDTH)),
  )
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let index = 0; index < left.length; index += 1) sum += left[index]! * right[index]!
  return sum
}

/**
 * A layer's attention with two dense layers instead of four, equal to `plainAttention` but for rounding. All heads
 * read the same keys and values, so they are more rows of one head for the runtime's fused operator, which never
 * holds all scores at once. Where the `profile` is wanted, the scores are needed: they are made in pieces that fit a
 * processor's cache.
 */
export function foldedAttention(
  builder: GraphBuilder,
  layer: Layer,
  { input, profile }: { input: string; profile?: string },
): string {
  const { heads } = layer.architecture
  const patches = patchesOf(layer.architecture)
  const name = `layer${layer.number}/attention`
  const folded = foldAttention(layer)
  const queries = builder.affine(`${name}/query`, input, folded.query)
  const rows = builder.reshape(`${name}/rows`, queries, [-1, patches * heads, WIDTH])
  const io = { name, rows, input }
  const mixed = profile === undefined ? fused(builder, io) : inPieces(builder, { ...io, layer, profile })
  const flat = builder.reshape(`${name}/flat`, mixed, [-1, patches, heads * WIDTH])
  return builder.affine(`${name}/output`, flat, folded.output)
}

interface Rows {
  readonly name: string
  readonly rows: string
  readonly input: string
}

function fused(builder: GraphBuilder, { name, rows, input }: Rows): string {
  return builder.addOwn(`${name}/mixed`, ['MultiHeadAttention', rows, input, input], {
    num_heads: 1,
    scale: { float: 1 },
  })
}

function inPieces(
  builder: GraphBuilder,
  { name, rows, input, layer, profile }: Rows & { layer: Layer; profile: string },
): string {
  const count = layer.architecture.heads
  const patches = patchesOf(layer.architecture)
  const pieces = builder.split(`${name}/pieces`, rows, { count, size: patches })
  // A row of ones times the shares is their sum over the queries, in a quarter of the time that ReduceSum takes for it.
  const ones = builder.constant(`${profile}/ones`, [1, patches], new Float32Array(patches).fill(1))
  const parts = pieces.map((piece) => {
    const scores = builder.addOwn(`${piece}/scores`, ['FusedMatMul', piece, input], { transB: 1 })
    const shares = builder.add(`${piece}/shares`, ['Softmax', scores], { axis: -1 })
    return {
      mixed: builder.add(`${piece}/mixed`, ['MatMul', shares, input]),
      received: builder.add(`${piece}/received`, ['MatMul', ones, shares]),
    }
  })
  const received = builder.add(`${profile}/row`, ['Sum', ...parts.map((part) => part.received)])
  builder.reshape(profile, received, [-1, patches])
  return builder.add(`${name}/mixed`, ['Concat', ...parts.map(({ mixed }) => mixed)], { axis: 1 })
}
