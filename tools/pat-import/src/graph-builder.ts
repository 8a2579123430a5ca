import type { OnnxNode, Tensor } from './onnx-model.ts'
import { LAYER_NORM_EPSILON, type PatArchitecture, WIDTH } from './pat-architecture.ts'

type Operation = readonly [op: string, ...inputs: string[]]

/** Collects the nodes and constants of a graph. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = []
  readonly weights = new Map<string, Tensor>()
  readonly shapes = new Map<string, readonly number[]>()

  /** Adds a node of the standard operator set with one output and returns the output's name. */
  add(output: string, [op, ...inputs]: Operation, attributes?: OnnxNode['attributes']): string {
    this.nodes.push({ op, inputs, outputs: [output], ...(attributes && { attributes }) })
    return output
  }

  /** As `add`, with one of the runtime's own operators. */
  addOwn(output: string, [op, ...inputs]: Operation, attributes: OnnxNode['attributes']): string {
    this.nodes.push({
      op,
      domain: 'com.microsoft',
      inputs,
      outputs: [output],
      ...(attributes && { attributes }),
    })
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

  /** Cuts the second dimension into equal pieces; returns their names. */
  split(name: string, input: string, pieces: { count: number; size: number }): string[] {
    const outputs = Array.from({ length: pieces.count }, (_, index) => `${name}/${index}`)
    this.shapes.set(`${name}/sizes`, Array<number>(pieces.count).fill(pieces.size))
    this.nodes.push({ op: 'Split', inputs: [input, `${name}/sizes`], outputs, attributes: { axis: 1 } })
    return outputs
  }

  /** input × kernel + bias, over the last dimension. */
  affine(name: string, input: string, { kernel, bias }: Affine): string {
    const columns = bias.length
    const matrix = this.constant(`${name}/kernel`, [kernel.length / columns, columns], kernel)
    const product = this.add(`${name}/product`, ['MatMul', input, matrix])
    return this.add(name, ['Add', product, this.constant(`${name}/bias`, [columns], bias)])
  }
}

/** A matrix [in × out], row-major, and what is added to each of its outputs. */
export interface Affine {
  readonly kernel: Float32Array
  readonly bias: Float32Array
}

/** One layer of the encoder, as its tensors stand in the weight file. */
export interface Layer {
  readonly number: number
  readonly architecture: PatArchitecture
  readonly tensor: (part: string) => Tensor
}

/** The dense layer `part` of an encoder layer. */
export function affineOf({ tensor }: Layer, part: string): Affine {
  return { kernel: tensor(`${part}/kernel:0`).data, bias: tensor(`${part}/bias:0`).data }
}

/** The layer normalisation `part` of an encoder layer. */
export function norm(builder: GraphBuilder, layer: Layer, io: { part: string; input: string }): string {
  const name = `layer${layer.number}/${io.part}`
  const scale = builder.constant(`${name}/gamma`, [WIDTH], layer.tensor(`${io.part}/gamma:0`).data)
  const shift = builder.constant(`${name}/beta`, [WIDTH], layer.tensor(`${io.part}/beta:0`).data)
  return builder.add(name, ['LayerNormalization', io.input, scale, shift], {
    axis: -1,
    epsilon: { float: LAYER_NORM_EPSILON },
  })
}
