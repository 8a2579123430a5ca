import { bytes, float, integer, message, text } from './protobuf.ts'

/** A dense tensor, row-major. */
export interface Tensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

export interface OnnxNode {
  readonly op: string
  /** The operator set of the runtime's own operators; the standard set where absent. */
  readonly domain?: 'com.microsoft'
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** A number is an INT, an array INTS, `{ float }` a FLOAT. */
  readonly attributes?: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>
}

/** A graph input or output; a named dimension (`batch`) is free. */
export interface OnnxPort {
  readonly name: string
  readonly shape: readonly (number | string)[]
}

export interface OnnxGraph {
  readonly name: string
  readonly inputs: readonly OnnxPort[]
  readonly outputs: readonly OnnxPort[]
  readonly nodes: readonly OnnxNode[]
  readonly weights: ReadonlyMap<string, Tensor>
  /** Constant shapes for Reshape, as int64 vectors. */
  readonly shapes: ReadonlyMap<string, readonly number[]>
}

// Field numbers and enum values of onnx.proto3, IR version 8 (the one that goes with operator set 17).
const IR_VERSION = 8
const OPERATOR_SET = 17
const RUNTIME_OPERATOR_SET = 1
const ELEMENT = { float: 1, int64: 7 }
const ATTRIBUTE = { float: 1, int: 2, ints: 7 }

function attribute(name: string, value: number | readonly number[] | { readonly float: number }): Buffer {
  if (typeof value === 'number') {
    return message(5, [text(1, name), integer(3, value), integer(20, ATTRIBUTE.int)])
  }
  if ('float' in value) {
    return message(5, [text(1, name), float(2, value.float), integer(20, ATTRIBUTE.float)])
  }
  return message(5, [text(1, name), ...value.map((one) => integer(8, one)), integer(20, ATTRIBUTE.ints)])
}

function node({ op, domain, inputs, outputs, attributes = {} }: OnnxNode): Buffer {
  return message(1, [
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(3, outputs[0] ?? op),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    ...(domain === undefined ? [] : [text(7, domain)]),
  ])
}

function initializer(
  name: string,
  shape: readonly number[],
  content: { raw: Buffer; element: number },
): Buffer {
  return message(5, [
    ...shape.map((size) => integer(1, size)),
    integer(2, content.element),
    text(8, name),
    bytes(9, content.raw),
  ])
}

function floats(data: Float32Array): Buffer {
  const raw = Buffer.alloc(data.length * 4)
  data.forEach((value, index) => raw.writeFloatLE(value, index * 4))
  return raw
}

function int64s(values: readonly number[]): Buffer {
  const raw = Buffer.alloc(values.length * 8)
  values.forEach((value, index) => raw.writeBigInt64LE(BigInt(value), index * 8))
  return raw
}

function port(field: number, { name, shape }: OnnxPort): Buffer {
  const dimensions = shape.map((size) =>
    message(1, [typeof size === 'number' ? integer(1, size) : text(2, size)]),
  )
  const tensorType = message(1, [integer(1, ELEMENT.float), message(2, dimensions)])
  return message(field, [text(1, name), message(2, [tensorType])])
}

/** The bytes of an ONNX file of operator set 17, and of the runtime's own set where a node asks for it. The same graph gives the same bytes. */
export function encodeOnnxModel(graph: OnnxGraph, producer: string): Buffer {
  const encodedGraph = message(7, [
    ...graph.nodes.map(node),
    text(2, graph.name),
    ...[...graph.weights].map(([name, { shape, data }]) =>
      initializer(name, shape, { raw: floats(data), element: ELEMENT.float }),
    ),
    ...[...graph.shapes].map(([name, shape]) =>
      initializer(name, [shape.length], { raw: int64s(shape), element: ELEMENT.int64 }),
    ),
    ...graph.inputs.map((input) => port(11, input)),
    ...graph.outputs.map((output) => port(12, output)),
  ])
  const domains = new Set(graph.nodes.flatMap(({ domain }) => domain ?? []))
  const operatorSets = [
    message(8, [text(1, ''), integer(2, OPERATOR_SET)]),
    ...[...domains].map((domain) => message(8, [text(1, domain), integer(2, RUNTIME_OPERATOR_SET)])),
  ]
  return Buffer.concat([integer(1, IR_VERSION), text(2, producer), encodedGraph, ...operatorSets])
}
