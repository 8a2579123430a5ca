import { createInference } from '@clarity/pat-model'
import { type GraphForm, encoderGraph } from './encoder-graph.ts'
import { goldenActivity } from './golden-input.ts'
import { encodeOnnxModel } from './onnx-model.ts'
import { ARCHITECTURES } from './pat-architecture.ts'
import { randomWeights } from './random-weights.ts'

const furthest = (left: Float32Array, right: Float32Array): number =>
  left.reduce((far, value, index) => Math.max(far, Math.abs(value - (right[index] ?? NaN))), 0)

describe('the folded graph', () => {
  it.each(ARCHITECTURES)(
    'of size $size computes what the plain one does',
    async (architecture) => {
      const weights = randomWeights(architecture)
      const run = async (form: GraphForm) => {
        const onnx = encodeOnnxModel(encoderGraph(weights, form), 'test')
        await using inference = await createInference({ onnx, threads: 1 })
        return await inference.run([goldenActivity()])
      }
      const [folded, plain] = [await run('folded'), await run('plain')]
      expect(folded.patches).toHaveLength((10_080 / architecture.patch) * 96)
      expect(furthest(folded.patches, plain.patches)).toBeLessThan(1e-4)
      expect(furthest(folded.embedding, plain.embedding)).toBeLessThan(1e-5)
      expect(furthest(folded.attention!, plain.attention!)).toBeLessThan(1e-7)
    },
    30_000,
  )
})
