import { argv } from 'node:process'
import h5wasm from 'h5wasm/node'
import { ARCHITECTURES, expectedTensors } from '../pat-architecture.ts'

// Writes a weight file of the `save_weights` layout with small seeded values, for tests:
//   node write-random-weights.ts OUT.h5 SIZE [NAME=SHAPE | NAME= | NAME=nan | NAME=large]...
// A NAME with a shape (`a,b`) replaces or adds that tensor, with nothing leaves it out, with `nan` spoils one value,
// with `large` makes one so large that float32 arithmetic is far from float64's.

const [, , out = '', size = 'S', ...changes] = argv
const architecture = ARCHITECTURES.find((one) => one.size === size)!
const shapes = expectedTensors(architecture)
const spoiled = new Map<string, number>()
for (const change of changes) {
  const [name = '', to = ''] = change.split('=')
  if (to === '') shapes.delete(name)
  else if (to === 'nan') spoiled.set(name, NaN)
  else if (to === 'large') spoiled.set(name, 1e6)
  else shapes.set(name, to.split(',').map(Number))
}

await h5wasm.ready
const file = new h5wasm.File(out, 'w')
file.create_group('inputs') // layers without weights have empty groups
let seed = 1
for (const [name, shape] of shapes) {
  const length = shape.reduce((product, one) => product * one, 1)
  const data = Float32Array.from({ length }, () => {
    seed = (seed * 16_807) % 2_147_483_647
    return (seed / 2_147_483_647 - 0.5) / 4
  })
  data[3] = spoiled.get(name) ?? data[3]!
  const path = name.split('/')
  path.slice(0, -1).forEach((_, depth) => {
    const group = path.slice(0, depth + 1).join('/')
    if (file.get(group) === null) file.create_group(group)
  })
  file.create_dataset({ name, data, shape: [...shape] })
}
file.close()
