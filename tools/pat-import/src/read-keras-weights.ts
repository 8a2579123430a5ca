import { randomUUID } from 'node:crypto'
import { isFailure } from '@clarity/failure'
// Not `h5wasm/node`, which reads from the machine's own files, and so what a weight file's links name there.
import h5wasm, { type Dataset, FS, type Group } from 'h5wasm'
import { type KerasLayout, nameTensors } from './name-tensors.ts'
import type { Tensor } from './onnx-model.ts'
import { readFloats } from './read-floats.ts'
import type { StoredTensor } from './stored-tensor.ts'
import { unreadable } from './weight-failures.ts'

export interface KerasWeights {
  readonly layout: KerasLayout
  /** The encoder's tensors, by their names in a `save_weights` file. */
  readonly tensors: ReadonlyMap<string, Tensor>
  /** Paths of what the file holds beside them. */
  readonly ignored: readonly string[]
}

const ZIP_SIGNATURE = Buffer.from('PK')
const HDF5_SIGNATURE = Buffer.from('894844460d0a1a0a', 'hex')
/** The largest PAT tensor has 110,592 values and lies a few groups deep; far beyond that a file is something else. */
const MAX_VALUES = 4_000_000
const MAX_DEPTH = 16
/** What the library unpacks: deflate, shuffle, checksums, packed bits and scaled numbers. */
const KNOWN_FILTERS: ReadonlySet<number> = new Set([1, 2, 3, 5, 6])

interface StoredDataset extends StoredTensor {
  readonly dataset: Dataset
}

function readTensor({ path, shape, dataset }: StoredDataset): Tensor {
  if (shape.reduce((product, size) => product * size, 1) > MAX_VALUES) {
    throw unreadable(`${path} is too large.`)
  }
  if (dataset.metadata.virtual_sources) throw unreadable(`${path} is kept in another file.`)
  const foreign = dataset.filters.find(({ id }) => !KNOWN_FILTERS.has(id))
  if (foreign)
    throw unreadable(`${path} is packed with filter ${foreign.id}; gzip can be read, or no packing.`)
  const data = readFloats(dataset)
  if (data === undefined) throw unreadable(`${path} holds no little-endian floats of 16, 32 or 64 bits.`)
  return { shape, data }
}

function collect(group: Group, prefix: string, found: StoredDataset[]): void {
  if (prefix.split('/').length > MAX_DEPTH) throw unreadable(`${prefix} is nested too deep.`)
  for (const name of group.keys()) {
    const path = `${prefix}${name}`
    const child = group.get(name)
    if (child instanceof h5wasm.Group) collect(child, `${path}/`, found)
    else if (child instanceof h5wasm.Dataset) found.push({ path, shape: child.shape ?? [], dataset: child })
    else throw unreadable(`${path} is neither a group nor a dataset of this file.`)
  }
}

function readWeights(name: string): KerasWeights {
  const file = new h5wasm.File(name, 'r')
  try {
    const found: StoredDataset[] = []
    collect(file, '', found)
    const { layout, tensors, ignored } = nameTensors(found)
    return { layout, ignored, tensors: new Map([...tensors].map(([key, one]) => [key, readTensor(one)])) }
  } finally {
    file.close()
  }
}

/** HDF5 begins with its signature, or has it after a block for others' use, which is as long as 512 or a double of it. */
function isHdf5(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at = Math.max(512, 2 * at)) {
    if (HDF5_SIGNATURE.equals(bytes.subarray(at, at + HDF5_SIGNATURE.length))) return true
  }
  return false
}

/**
 * Reads the encoder's tensors from a Keras HDF5 file in any layout of `KerasLayout`; of what else it holds, such as
 * heads or an optimizer's state, the paths.
 * Fails `invalid` with code `weights_unreadable` where the bytes are no HDF5 file or an encoder tensor holds something
 * but floats, `weights_unfit` where two could be the same tensor.
 */
export async function readKerasWeights(bytes: Uint8Array): Promise<KerasWeights> {
  if (ZIP_SIGNATURE.equals(bytes.subarray(0, ZIP_SIGNATURE.length))) {
    throw unreadable('The file is an archive, as .keras is: the weights are the model.weights.h5 within it.')
  }
  if (!isHdf5(bytes)) {
    throw unreadable('The file is not HDF5: its signature is missing.')
  }
  const library = await h5wasm.ready
  // Otherwise the library prints its errors and goes on with an invalid handle.
  library.activate_throwing_error_handler()
  const files = FS
  if (files === null) throw new Error('h5wasm is ready but has no file system')
  const name = `${randomUUID()}.h5` // in the library's own file system, in memory
  files.writeFile(name, bytes)
  try {
    return readWeights(name)
  } catch (error) {
    throw isFailure(error) ? error : unreadable('The file is damaged: HDF5 cannot read it.', error)
  } finally {
    files.unlink(name)
  }
}
