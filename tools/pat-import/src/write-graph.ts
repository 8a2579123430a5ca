import { writeFile } from 'node:fs/promises'
import { invalid } from '@clarity/failure'
import { runCommand } from './command.ts'
import { encoderGraph } from './encoder-graph.ts'
import { encodeOnnxModel } from './onnx-model.ts'
import { ARCHITECTURES } from './pat-architecture.ts'
import { productGraph } from './product-graph.ts'
import { randomWeights } from './random-weights.ts'

const USAGE = 'node write-graph.ts OUT.onnx S|M|L|products'

// What the benches time: an encoder with made-up weights, or the matrix products that it is held against.
await runCommand(USAGE, async ([out, what]) => {
  const architecture = ARCHITECTURES.find(({ size }) => size === what)
  if (out === undefined || (architecture === undefined && what !== 'products')) throw invalid(USAGE)
  const graph = architecture ? encoderGraph(randomWeights(architecture), 'folded') : productGraph()
  await writeFile(out, encodeOnnxModel(graph, 'tools/pat-import'))
  return out
})
