import type { OnnxGraph } from './onnx-model.ts'

const ORDER = 2048
const PRODUCTS = 2

/** Two products of 2048 × 2048 matrices, one after the other, so that what comes before and after them does not count. */
export function productGraph(): OnnxGraph {
  const data = Float32Array.from({ length: ORDER * ORDER }, (_, index) => ((index * 7919) % 1000) / 1e6)
  const steps = Array.from({ length: PRODUCTS }, (_, index) => index)
  return {
    name: 'matrix products',
    inputs: [{ name: 'activity', shape: ['batch', 1] }],
    outputs: [{ name: 'embedding', shape: [1, ORDER] }],
    nodes: [
      { op: 'Add', inputs: ['matrix', 'activity'], outputs: ['product0'] }, // else it would be computed beforehand
      ...steps.map((step) => ({
        op: 'MatMul',
        inputs: [`product${step}`, 'matrix'],
        outputs: [`product${step + 1}`],
      })),
      {
        op: 'Gather',
        inputs: [`product${PRODUCTS}`, 'first'],
        outputs: ['embedding'],
        attributes: { axis: 0 },
      },
    ],
    weights: new Map([['matrix', { shape: [ORDER, ORDER], data }]]),
    shapes: new Map([['first', [0]]]),
  }
}
