import type { Tensor } from './onnx-model.ts'
import {
  ARCHITECTURES,
  PATCH_KERNEL,
  type PatArchitecture,
  expectedTensors,
  layerTensor,
} from './pat-architecture.ts'
import { unfit } from './weight-failures.ts'

/** Weights that are known to be exactly one published architecture's: every tensor, no other, right shapes, finite. */
export interface PatWeights {
  readonly architecture: PatArchitecture
  /** In the order of the forward pass. */
  readonly tensors: ReadonlyMap<string, Tensor>
}

const shapeText = (shape: readonly number[]) => `[${shape.join(', ')}]`

function recognise(found: ReadonlyMap<string, Tensor>): PatArchitecture {
  const shapeOf = (name: string) => found.get(name)?.shape ?? unfit(name, 'is missing')
  const [patch] = shapeOf(PATCH_KERNEL)
  const queryKernel = layerTensor(1, 'attention/query/kernel:0')
  const [, heads] = shapeOf(queryKernel)
  const candidates = ARCHITECTURES.filter((one) => one.patch === patch)
  if (candidates.length === 0) {
    unfit(
      PATCH_KERNEL,
      `has shape ${shapeText(shapeOf(PATCH_KERNEL))}, PAT has [18, 96] (S, M) or [9, 96] (L)`,
    )
  }
  return (
    candidates.find((one) => one.heads === heads) ??
    unfit(queryKernel, `has shape ${shapeText(shapeOf(queryKernel))}, PAT has 6 heads (S) or 12 (M, L)`)
  )
}

/**
 * Recognises the size (S, M or L) from the tensors and proves that they are that encoder's.
 * Fails `invalid` with code `weights_unfit`, naming the first tensor that is missing, extra, misshapen or not finite.
 */
export function recognisePatWeights(found: ReadonlyMap<string, Tensor>): PatWeights {
  const architecture = recognise(found)
  const expected = expectedTensors(architecture)
  const tensors = new Map<string, Tensor>()
  for (const [name, shape] of expected) {
    const tensor = found.get(name) ?? unfit(name, 'is missing')
    if (shapeText(tensor.shape) !== shapeText(shape)) {
      unfit(name, `has shape ${shapeText(tensor.shape)} instead of ${shapeText(shape)}`)
    }
    const bad = tensor.data.findIndex((value) => !Number.isFinite(value))
    if (bad !== -1) unfit(name, `holds a value that is not finite (at ${bad})`)
    tensors.set(name, tensor)
  }
  const extra = [...found.keys()].find((name) => !expected.has(name))
  if (extra !== undefined) unfit(extra, `does not belong to PAT-${architecture.size}`)
  return { architecture, tensors }
}
