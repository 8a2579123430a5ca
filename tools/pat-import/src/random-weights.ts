import { type PatArchitecture, expectedTensors } from './pat-architecture.ts'
import type { PatWeights } from './pat-weights.ts'

/** An encoder with made-up weights, the same every time: speed does not depend on their values. */
export function randomWeights(architecture: PatArchitecture): PatWeights {
  let seed = 1
  const next = (): number => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647 - 0.5
  }
  const tensors = [...expectedTensors(architecture)].map(([name, shape]) => {
    const length = shape.reduce((product, one) => product * one, 1)
    const centre = name.endsWith('gamma:0') ? 1 : 0
    return [name, { shape, data: Float32Array.from({ length }, () => centre + next() / 5) }] as const
  })
  return { architecture, tensors: new Map(tensors) }
}
