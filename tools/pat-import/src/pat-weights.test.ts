import type { Tensor } from './onnx-model.ts'
import { ARCHITECTURES, type PatArchitecture, expectedTensors } from './pat-architecture.ts'
import { recognisePatWeights } from './pat-weights.ts'

function weightsOf(architecture: PatArchitecture): Map<string, Tensor> {
  const tensors = [...expectedTensors(architecture)].map(([name, shape]): [string, Tensor] => [
    name,
    { shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) },
  ])
  return new Map(tensors.reverse())
}

const [small] = ARCHITECTURES as [PatArchitecture]
const LAYER = 'encoder_layer_1_transformer/encoder_layer_1'

describe('recognisePatWeights', () => {
  it.each(ARCHITECTURES)('recognises size $size from the tensors, in any order', (architecture) => {
    const weights = recognisePatWeights(weightsOf(architecture))
    expect(weights.architecture).toEqual(architecture)
    expect([...weights.tensors.keys()]).toEqual([...expectedTensors(architecture).keys()])
  })

  const zeros = (...shape: number[]): Tensor => ({
    shape,
    data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  })

  it.each<[string, (tensors: Map<string, Tensor>) => unknown, string]>([
    ['nothing at all', (tensors) => tensors.clear(), 'dense/dense/kernel:0 is missing'],
    [
      'a missing tensor',
      (tensors) => tensors.delete(`${LAYER}_norm2/beta:0`),
      `${LAYER}_norm2/beta:0 is missing`,
    ],
    [
      'an extra tensor',
      (tensors) => tensors.set('head/kernel:0', zeros(96, 1)),
      'head/kernel:0 does not belong to PAT-S',
    ],
    [
      'a wrong shape',
      (tensors) => tensors.set(`${LAYER}_ff1/kernel:0`, zeros(256, 96)),
      `${LAYER}_ff1/kernel:0 has shape [256, 96] instead of [96, 256]`,
    ],
    [
      'a patch length that no size has',
      (tensors) => tensors.set('dense/dense/kernel:0', zeros(20, 96)),
      'dense/dense/kernel:0 has shape [20, 96], PAT has [18, 96] (S, M) or [9, 96] (L)',
    ],
    [
      'a number of heads that no size has',
      (tensors) => tensors.set(`${LAYER}_attention/query/kernel:0`, zeros(96, 8, 96)),
      `${LAYER}_attention/query/kernel:0 has shape [96, 8, 96], PAT has 6 heads (S) or 12 (M, L)`,
    ],
    [
      'a value that is not a number',
      (tensors) => {
        tensors.get('dense/dense/bias:0')!.data[7] = NaN
      },
      'dense/dense/bias:0 holds a value that is not finite (at 7)',
    ],
  ])('refuses %s, naming the tensor', (_, change, reason) => {
    const tensors = weightsOf(small)
    change(tensors)
    expect(() => recognisePatWeights(tensors)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        message: `These are not PAT encoder weights: ${reason}.`,
        details: expect.objectContaining({ code: 'weights_unfit' }),
      }),
    )
  })

  it('does not take M for S when its second layer is missing', () => {
    const medium = ARCHITECTURES.find(({ size }) => size === 'M')!
    const tensors = weightsOf(medium)
    for (const name of [...tensors.keys()]) if (name.startsWith('encoder_layer_2')) tensors.delete(name)
    expect(() => recognisePatWeights(tensors)).toThrow(
      /encoder_layer_2_attention\/query\/kernel:0 is missing/,
    )
  })
})
