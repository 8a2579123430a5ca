import { type GraphBuilder, type Layer, affineOf } from './graph-builder.ts'
import { WIDTH, patchesOf } from './pat-architecture.ts'

/** The query is scaled after its bias. */
const QUERY_SCALE = 1 / Math.sqrt(WIDTH)

/**
 * A layer's attention as it is published, step by step, in standard operators: [batch, P, 96] → the same shape.
 * With `profile` it also adds that output: [batch, P], the attention that each patch receives, summed over queries and
 * heads.
 */
export function plainAttention(
  builder: GraphBuilder,
  layer: Layer,
  { input, profile }: { input: string; profile?: string },
): string {
  const { heads } = layer.architecture
  const patches = patchesOf(layer.architecture)
  const name = `layer${layer.number}/attention`
  const split = (role: 'query' | 'key' | 'value', order: readonly number[]): string => {
    const flat = builder.affine(`${name}/${role}`, input, affineOf(layer, `attention/${role}`))
    const perHead = builder.reshape(`${name}/${role}/heads`, flat, [-1, patches, heads, WIDTH])
    return builder.add(`${name}/${role}/split`, ['Transpose', perHead], { perm: order })
  }
  const query = split('query', [0, 2, 1, 3])
  const key = split('key', [0, 2, 3, 1])
  const value = split('value', [0, 2, 1, 3])
  const factor = builder.constant(`${name}/scale`, [], Float32Array.of(QUERY_SCALE))
  const scaled = builder.add(`${name}/query/scaled`, ['Mul', query, factor])
  const scores = builder.add(`${name}/scores`, ['MatMul', scaled, key])
  const shares = builder.add(`${name}/shares`, ['Softmax', scores], { axis: -1 })
  if (profile !== undefined) {
    builder.shapes.set(`${profile}/axes`, [1, 2])
    builder.add(profile, ['ReduceSum', shares, `${profile}/axes`], { keepdims: 0 })
  }
  const mixed = builder.add(`${name}/mixed`, ['MatMul', shares, value])
  const together = builder.add(`${name}/merged`, ['Transpose', mixed], { perm: [0, 2, 1, 3] })
  const flat = builder.reshape(`${name}/flat`, together, [-1, patches, heads * WIDTH])
  return builder.affine(`${name}/output`, flat, affineOf(layer, 'attention/attention_output'))
}
