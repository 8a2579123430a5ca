import { HIDDEN, PATCH_BIAS, PATCH_KERNEL, WIDTH, layerTensor } from './pat-architecture.ts'
import type { StoredTensor } from './stored-tensor.ts'

// A `.weights.h5` names a layer after its class and a count, and its variables 0, 1, … in the order of their making. So
// which layer is which follows from the shapes and from the order alone.

const ROLES = { query: 'query', key: 'key', value: 'value', output: 'attention_output' } as const
const ROLE = /^_?(query|key|value|output)_dense$/

/** A Keras layer that has variables of its own. */
interface KerasLayer<T extends StoredTensor> {
  readonly path: string
  readonly variables: readonly T[]
}

function layersOf<T extends StoredTensor>(weights: readonly T[]): KerasLayer<T>[] {
  const layers = new Map<string, T[]>()
  for (const tensor of weights) {
    const [, path, index] = /^(.*?)\/?vars\/(\d+)$/.exec(tensor.path) ?? []
    if (path === undefined) continue
    const variables = layers.get(path) ?? []
    variables[Number(index)] = tensor
    layers.set(path, variables)
  }
  return [...layers].map(([path, variables]) => ({ path, variables })).sort((a, b) => inOrder(a.path, b.path))
}

/** Orders paths by segment, a trailing number as a number: `dense`, `dense_1`, …, `dense_10`. */
function inOrder(left: string, right: string): number {
  const [a, b] = [left.split('/'), right.split('/')]
  for (let depth = 0; depth < Math.max(a.length, b.length); depth += 1) {
    const [, nameA = '', numberA = '0'] = /^(.*?)_?(\d*)$/.exec(a[depth] ?? '') ?? []
    const [, nameB = '', numberB = '0'] = /^(.*?)_?(\d*)$/.exec(b[depth] ?? '') ?? []
    const order = nameA === nameB ? Number(numberA) - Number(numberB) : nameA < nameB ? -1 : 1
    if (order !== 0) return order
  }
  return 0
}

const isShape = (tensor: StoredTensor | undefined, ...shape: number[]): boolean =>
  tensor?.shape.length === shape.length && shape.every((size, index) => tensor.shape[index] === size)

/** Names the tensors of a Keras 3 `.weights.h5` as `save_weights` would; leaves out what it cannot place. */
export function nameByStructure<T extends StoredTensor>(weights: readonly T[]): Map<string, T> {
  const layers = layersOf(weights)
  const dense = (rows: number, columns: number) =>
    layers.filter(({ variables: [kernel] }) => isShape(kernel, rows, columns))
  const tensors = new Map<string, T>()
  const add = (names: readonly string[], layer: KerasLayer<T> | undefined) =>
    names.forEach((name, index) => layer?.variables[index] && tensors.set(name, layer.variables[index]))
  add([PATCH_KERNEL, PATCH_BIAS], dense(18, WIDTH)[0] ?? dense(9, WIDTH)[0])
  const addParts = (found: readonly KerasLayer<T>[], parts: readonly string[], names: readonly string[]) =>
    found.forEach((layer, index) => {
      const part = parts[index % parts.length]!
      const number = Math.floor(index / parts.length) + 1
      add(
        names.map((name) => layerTensor(number, `${part}/${name}:0`)),
        layer,
      )
    })
  for (const [role, name] of Object.entries(ROLES)) {
    const found = layers.filter(({ path }) => ROLE.exec(path.split('/').at(-1)!)?.[1] === role)
    addParts(found, [`attention/${name}`], ['kernel', 'bias'])
  }
  const norms = layers.filter(({ variables: [gamma, beta] }) => isShape(gamma, WIDTH) && isShape(beta, WIDTH))
  addParts(norms, ['norm1', 'norm2'], ['gamma', 'beta'])
  addParts(dense(WIDTH, HIDDEN), ['ff1'], ['kernel', 'bias'])
  addParts(dense(HIDDEN, WIDTH), ['ff2'], ['kernel', 'bias'])
  return tensors
}
