import { type OnnxGraph, type PatArchitecture, patchesOf } from '@clarity/pat-import'

const WIDTH = 96
const HIDDEN = 256

/** Floating-point operations of the published network's matrix products for one week: what the bound counts. */
export function matrixWork(architecture: PatArchitecture): number {
  const { layers, heads, patch } = architecture
  const patches = patchesOf(architecture)
  const projections = 4 * patches * WIDTH * heads * WIDTH
  const attention = 2 * heads * patches * patches * WIDTH
  const feedForward = 2 * patches * WIDTH * HIDDEN
  return 2 * (patches * patch * WIDTH + layers * (projections + attention + feedForward))
}

const ORDER = 2048
const PRODUCTS = 4

/** Floating-point operations of one run of `productGraph`. */
export const PRODUCT_WORK = PRODUCTS * 2 * ORDER ** 3

/** Products of 2048 × 2048 matrices, one after the other, so that what comes before and after them does not count. */
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
        op: 'ReduceMean',
        inputs: [`product${PRODUCTS}`],
        outputs: ['embedding'],
        attributes: { axes: [0], keepdims: 1 },
      },
    ],
    weights: new Map([['matrix', { shape: [ORDER, ORDER], data }]]),
    shapes: new Map(),
  }
}
