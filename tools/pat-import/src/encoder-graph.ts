import { foldedAttention } from './folded-attention.ts'
import { GraphBuilder, type Layer, affineOf, norm } from './graph-builder.ts'
import type { OnnxGraph, Tensor } from './onnx-model.ts'
import {
  PATCH_BIAS,
  PATCH_KERNEL,
  WEEK_MINUTES,
  WIDTH,
  layerTensor,
  patchesOf,
  positionTable,
} from './pat-architecture.ts'
import type { PatWeights } from './pat-weights.ts'
import { plainAttention } from './plain-attention.ts'

/** `folded` is made for speed on the runtime's own operators; `plain` is the published arithmetic in standard ones. */
export type GraphForm = 'folded' | 'plain'

const ATTENTION = { folded: foldedAttention, plain: plainAttention } as const
const RECEIVED = 'received'

function encoderLayer(
  builder: GraphBuilder,
  layer: Layer,
  { input, form }: { input: string; form: GraphForm },
): string {
  const name = `layer${layer.number}`
  const isLast = layer.number === layer.architecture.layers
  const mixed = ATTENTION[form](builder, layer, { input, ...(isLast && { profile: RECEIVED }) })
  const attended = builder.add(`${name}/residual1`, ['Add', input, mixed])
  const first = norm(builder, layer, { part: 'norm1', input: attended })
  const hidden = builder.affine(`${name}/ff1`, first, affineOf(layer, 'ff1'))
  const active = builder.add(`${name}/relu`, ['Relu', hidden])
  const second = builder.affine(`${name}/ff2`, active, affineOf(layer, 'ff2'))
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
 * The encoder as an ONNX graph: `activity` [batch, 10080] → `patches` [batch, P, 96], `embedding` [batch, 96], their
 * mean, and `attention` [batch, P], each patch's share of the last layer's attention, summed over queries, averaged over
 * heads, 1 in total. Dropout is off, as at inference.
 */
export function encoderGraph({ architecture, tensors }: PatWeights, form: GraphForm): OnnxGraph {
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
    state = encoderLayer(builder, { number, architecture, tensor }, { input: state, form })
  }
  builder.add('patches', ['Identity', state])
  builder.add('embedding', ['ReduceMean', state], { axes: [1], keepdims: 0 })
  const rows = builder.constant('rows', [], Float32Array.of(architecture.heads * patches))
  builder.add('attention', ['Div', RECEIVED, rows])
  return {
    name: `PAT-${architecture.size} encoder`,
    inputs: [{ name: 'activity', shape: ['batch', WEEK_MINUTES] }],
    outputs: [
      { name: 'patches', shape: ['batch', patches, WIDTH] },
      { name: 'embedding', shape: ['batch', WIDTH] },
      { name: 'attention', shape: ['batch', patches] },
    ],
    nodes: builder.nodes,
    weights: builder.weights,
    shapes: builder.shapes,
  }
}
