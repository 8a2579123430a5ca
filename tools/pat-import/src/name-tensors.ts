import { nameByStructure } from './keras-3-tensors.ts'
import { PATCH_BIAS, PATCH_KERNEL, WIDTH, layerTensor } from './pat-architecture.ts'
import type { StoredTensor } from './stored-tensor.ts'
import { unfit } from './weight-failures.ts'

/** How the tensors lie in the file. */
export type KerasLayout =
  /** `save_weights`: a group a layer at the root. */
  | 'save_weights'
  /** A whole model that was saved: the same groups within `model_weights`. */
  | 'model'
  /** The encoder as one layer of a fine-tuned model, saved whole or as weights. */
  | 'nested'
  /** Keras 3's `.weights.h5`: numbered variables within `vars` groups. */
  | 'keras-3'

export interface NamedTensors<T extends StoredTensor> {
  readonly layout: KerasLayout
  /** By their names in a `save_weights` file, whatever the layout. */
  readonly tensors: ReadonlyMap<string, T>
  /** Paths of what is not the encoder's: heads, a decoder, an optimizer's state. */
  readonly ignored: readonly string[]
}

const PART = /^encoder_layer_(\d+)_(attention|norm1|norm2|ff1|ff2)$/
const ENCODER = /^encoder_layer_\d+_/
const OPTIMIZER = /^optimizer(_weights)?\//

/** Path segments, the last without Keras's `:0`. */
function segmentsOf(path: string): string[] {
  return path.replace(/:\d+$/, '').split('/')
}

/** The `save_weights` name of an encoder layer's tensor; undefined for any other. */
function layerName(path: string): string | undefined {
  const segments = segmentsOf(path)
  const at = segments.findLastIndex((segment) => PART.test(segment))
  if (at === -1) return undefined
  const [, layer, part] = PART.exec(segments[at]!)!
  return layerTensor(Number(layer), `${[part, ...segments.slice(at + 1)].join('/')}:0`)
}

/**
 * The kernel of the layer that reads the patches. Its own name is Keras's default one and may be counted up, so it is
 * found by its shape; by its name only where no shape fits, so that the refusal can name it.
 */
function patchKernel<T extends StoredTensor>(others: readonly T[]): T | undefined {
  const kernels = others.filter(({ path }) => segmentsOf(path).at(-1) === 'kernel')
  const fitting = kernels.filter(({ shape }) => isPatchKernel(shape))
  if (fitting.length > 1) unfit(fitting[1]!.path, `could be the patch layer, as could ${fitting[0]!.path}`)
  return fitting[0] ?? kernels.find(({ path }) => segmentsOf(path).at(-2) === 'dense')
}

/** True for the shape that the patch layer's kernel has in some size. */
function isPatchKernel(shape: readonly number[]): boolean {
  return shape.length === 2 && (shape[0] === 18 || shape[0] === 9) && shape[1] === WIDTH
}

function layoutOf(encoderPath: string | undefined): KerasLayout {
  const segments = encoderPath?.split('/') ?? []
  const above = segments.slice(
    0,
    Math.max(
      0,
      segments.findIndex((segment) => ENCODER.test(segment)),
    ),
  )
  const isModel = above[0] === 'model_weights'
  if (above.length > (isModel ? 1 : 0)) return 'nested'
  return isModel ? 'model' : 'save_weights'
}

/**
 * Finds the encoder's tensors in any layout that Keras writes, with or without `:0`, with or without a level for the
 * model's name. Fails `invalid` (`weights_unfit`) where two could be the same tensor.
 */
export function nameTensors<T extends StoredTensor>(stored: readonly T[]): NamedTensors<T> {
  const state = stored.filter(({ path }) => OPTIMIZER.test(path))
  const weights = stored.filter(({ path }) => !OPTIMIZER.test(path))
  const isKeras3 = weights.some(({ path }) => /(^|\/)vars\/\d+$/.test(path))
  const tensors = isKeras3 ? nameByStructure(weights) : nameByPath(weights)
  const used = new Set([...tensors.values()].map(({ path }) => path))
  return {
    layout: isKeras3 ? 'keras-3' : layoutOf(weights.find(({ path }) => layerName(path) !== undefined)?.path),
    tensors,
    ignored: [
      ...weights.filter(({ path }) => !used.has(path)).map(({ path }) => path),
      ...new Set(state.map(({ path }) => path.split('/')[0]!)),
    ],
  }
}

function nameByPath<T extends StoredTensor>(weights: readonly T[]): Map<string, T> {
  const tensors = new Map<string, T>()
  for (const tensor of weights) {
    const name = layerName(tensor.path)
    if (name === undefined) continue
    const other = tensors.get(name)
    if (other) unfit(tensor.path, `is there a second time, as ${other.path}`)
    tensors.set(name, tensor)
  }
  const kernel = patchKernel(weights.filter(({ path }) => layerName(path) === undefined))
  if (kernel) {
    tensors.set(PATCH_KERNEL, kernel)
    const biasPath = kernel.path.replace(/kernel(:\d+)?$/, 'bias$1')
    const bias = weights.find(({ path }) => path === biasPath)
    if (bias) tensors.set(PATCH_BIAS, bias)
  }
  return tensors
}
