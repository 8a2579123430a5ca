import { randomUUID } from 'node:crypto'
import { invalid, isFailure } from '@clarity/failure'
import h5wasm, { type Dataset, FS, type Group } from 'h5wasm/node'
import type { Tensor } from './onnx-model.ts'

/** How the tensors lie in the file. `save_weights`: root-level groups named after layers, datasets ending in `:0`. */
export type KerasLayout = 'save_weights'

export interface KerasWeights {
  readonly layout: KerasLayout
  /** Every dataset of the file by its path. */
  readonly tensors: ReadonlyMap<string, Tensor>
}

const HDF5_SIGNATURE = Buffer.from('894844460d0a1a0a', 'hex')
/** The largest PAT tensor has 110,592 values and lies three groups deep; far beyond that a file is something else. */
const MAX_VALUES = 4_000_000
const MAX_DEPTH = 8

function unreadable(detail: string, cause?: unknown): Error {
  return invalid({ code: 'weights_unreadable', detail }, cause)
}

function readTensor(path: string, dataset: Dataset): Tensor {
  const { shape, dtype } = dataset
  if (shape === null || dtype !== '<f') throw unreadable(`${path} does not hold little-endian 32-bit floats.`)
  if (shape.reduce((product, size) => product * size, 1) > MAX_VALUES)
    throw unreadable(`${path} is too large.`)
  const { value } = dataset
  if (!(value instanceof Float32Array)) throw unreadable(`${path} does not hold 32-bit floats.`)
  return { shape, data: value }
}

function collect(group: Group, prefix: string, tensors: Map<string, Tensor>): void {
  if (prefix.split('/').length > MAX_DEPTH) throw unreadable(`${prefix} is nested too deep.`)
  for (const name of group.keys()) {
    const path = `${prefix}${name}`
    const child = group.get(name)
    if (child instanceof h5wasm.Group) collect(child, `${path}/`, tensors)
    else if (child instanceof h5wasm.Dataset) tensors.set(path, readTensor(path, child))
    else throw unreadable(`${path} is neither a group nor a dataset.`)
  }
}

function readTensors(name: string): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>()
  const file = new h5wasm.File(name, 'r')
  try {
    collect(file, '', tensors)
  } finally {
    file.close()
  }
  return tensors
}

/**
 * Reads the tensors of a Keras HDF5 weight file in the `save_weights` layout.
 * Fails `invalid` with code `weights_unreadable` where the bytes are no HDF5 file or hold something but float32 tensors.
 */
export async function readKerasWeights(bytes: Uint8Array): Promise<KerasWeights> {
  if (!HDF5_SIGNATURE.equals(bytes.subarray(0, HDF5_SIGNATURE.length))) {
    throw unreadable('The file is not HDF5: its signature is missing.')
  }
  const library = await h5wasm.ready
  // Otherwise the library prints its errors and goes on with an invalid handle.
  library.activate_throwing_error_handler()
  const files = FS
  if (files === null) throw new Error('h5wasm is ready but has no file system')
  const name = `${randomUUID()}.h5` // the library reads from its own file system, in memory
  files.writeFile(name, bytes)
  try {
    return { layout: 'save_weights', tensors: readTensors(name) }
  } catch (error) {
    throw isFailure(error) ? error : unreadable('The file is damaged: HDF5 cannot read it.', error)
  } finally {
    files.unlink(name)
  }
}
