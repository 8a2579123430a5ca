import type { OnnxGraph, OnnxNode, Tensor } from './onnx-model.ts'
import {
  LAYER_NORM_EPSILON,
  PATCH_BIAS,
  PATCH_KERNEL,
  type PatArchitecture,
  WEEK_MINUTES,
  WIDTH,
  layerTensor,
  patchesOf,
  positionTable,
} from './pat-architecture.ts'
import type { PatWeights } from './pat-weights.ts'

/** The query is scaled after its bias. */
const QUERY_SCALE = 1 / Math.sqrt(WIDTH)

class GraphBuilder {
  readonly nodes: OnnxNode[] = []
  readonly weights = new Map<string, Tensor>()
  readonly shapes = new Map<string, readonly number[]>()

  /** Adds a node with one output and returns the output's name. */
  add(
    output: string,
    [op, ...inputs]: readonly [op: string, ...inputs: string[]],
    attributes?: OnnxNode['attributes'],
  ): string {
    this.nodes.push({ op, inputs, outputs: [output], ...(attributes && { attributes }) })
    return output
  }

  constant(name: string, shape: readonly number[], data: Float32Array): string {
    this.weights.set(name, { shape, data })
    return name
  }

  reshape(output: string, input: string, shape: readonly number[]): string {
    const name = `${output}/shape`
    this.shapes.set(name, shape)
    return this.add(output, ['Reshape', input, name])
  }
}

interface Layer {
  readonly number: number
  readonly architecture: PatArchitecture
  readonly tensor: (part: string) => Tensor
}

function dense(
  builder: GraphBuilder,
  { number, tensor }: Layer,
  io: { part: string; input: string },
): string {
  const name = `layer${number}/${io.part}`
  const kernel = tensor(`${io.part}/kernel:0`)
  const bias = tensor(`${io.part}/bias:0`)
  const outputs = bias.data.length
  const matrix = builder.constant(`${name}/kernel`, [kernel.data.length / outputs, outputs], kernel.data)
  const product = builder.add(`${name}/product`, ['MatMul', io.input, matrix])
  return builder.add(name, ['Add', product, builder.constant(`${name}/bias`, [outputs], bias.data)])
}

function norm(builder: GraphBuilder, { number, tensor }: Layer, io: { part: string; input: string }): string {
  const name = `layer${number}/${io.part}`
  const scale = builder.constant(`${name}/gamma`, [WIDTH], tensor(`${io.part}/gamma:0`).data)
  const shift = builder.constant(`${name}/beta`, [WIDTH], tensor(`${io.part}/beta:0`).data)
  return builder.add(name, ['LayerNormalization', io.input, scale, shift], {
    axis: -1,
    epsilon: { float: LAYER_NORM_EPSILON },
  })
}

function attention(builder: GraphBuilder, layer: Layer, input: string): string {
  const { heads } = layer.architecture
  const patches = patchesOf(layer.architecture)
  const name = `layer${layer.number}/attention`
  const split = (role: 'query' | 'key' | 'value', order: readonly number[]): string => {
    const flat = dense(builder, layer, { part: `attention/${role}`, input })
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
  const mixed = builder.add(`${name}/mixed`, ['MatMul', shares, value])
  const together = builder.add(`${name}/merged`, ['Transpose', mixed], { perm: [0, 2, 1, 3] })
  const flat = builder.reshape(`${name}/flat`, together, [-1, patches, heads * WIDTH])
  return dense(builder, layer, { part: 'attention/attention_output', input: flat })
}

function encoderLayer(builder: GraphBuilder, layer: Layer, input: string): string {
  const name = `layer${layer.number}`
  const attended = builder.add(`${name}/residual1`, ['Add', input, attention(builder, layer, input)])
  const first = norm(builder, layer, { part: 'norm1', input: attended })
  const hidden = dense(builder, layer, { part: 'ff1', input: first })
  const active = builder.add(`${name}/relu`, ['Relu', hidden])
  const second = dense(builder, layer, { part: 'ff2', input: active })
  return norm(builder, layer, {
    part: 'norm2',
    input: builder.add(`${name}/residual2`, ['Add', first, second]),
  })
}

/** What the bias of the patch layer and the position add to every patch: [patches × 96], summed in float64. */
function placeTable(patches: number, bias: Float32Array): Float32Array {
  return Float32Array.from(positionTable(patches), (position, index) => position + (bias[index % WIDTH] ?? 0))
}

/**
 * The encoder as an ONNX graph of standard operators: `activity` [batch, 10080] → `patches` [batch, P, 96] and
 * `embedding` [batch, 96], its mean over patches. Dropout is off, as at inference.
 */
export function encoderGraph({ architecture, tensors }: PatWeights): OnnxGraph {
  const builder = new GraphBuilder()
  const patches = patchesOf(architecture)
  const get = (name: string): Tensor => {
    const tensor = tensors.get(name)
    if (tensor === undefined) throw new Error(`no tensor ${name}`)
    return tensor
  }
  const cut = builder.reshape('cut', 'activity', [-1, patches, architecture.patch])
  const kernel = builder.constant('patch/kernel', [architecture.patch, WIDTH], get(PATCH_KERNEL).data)
  const place = builder.constant('patch/place', [patches, WIDTH], placeTable(patches, get(PATCH_BIAS).data))
  let state = builder.add('placed', ['Add', builder.add('patch', ['MatMul', cut, kernel]), place])
  for (let number = 1; number <= architecture.layers; number += 1) {
    const tensor = (part: string) => get(layerTensor(number, part))
    state = encoderLayer(builder, { number, architecture, tensor }, state)
  }
  builder.add('patches', ['Identity', state])
  builder.add('embedding', ['ReduceMean', state], { axes: [1], keepdims: 0 })
  return {
    name: `PAT-${architecture.size} encoder`,
    inputs: [{ name: 'activity', shape: ['batch', WEEK_MINUTES] }],
    outputs: [
      { name: 'patches', shape: ['batch', patches, WIDTH] },
      { name: 'embedding', shape: ['batch', WIDTH] },
    ],
    nodes: builder.nodes,
    weights: builder.weights,
    shapes: builder.shapes,
  }
}
