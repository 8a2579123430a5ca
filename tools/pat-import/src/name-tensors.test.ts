import { type KerasLayout, nameTensors } from './name-tensors.ts'
import { ARCHITECTURES, type PatArchitecture, expectedTensors } from './pat-architecture.ts'
import type { StoredTensor } from './stored-tensor.ts'

const medium = ARCHITECTURES.find(({ size }) => size === 'M')!
const stored = (path: string, shape: readonly number[] = []): StoredTensor => ({ path, shape })
const encoder = (rename: (name: string) => string, architecture: PatArchitecture = medium): StoredTensor[] =>
  [...expectedTensors(architecture)].map(([name, shape]) => stored(rename(name), shape)).sort(byPath)
const byPath = (a: StoredTensor, b: StoredTensor) => (a.path < b.path ? -1 : 1)

/** Without the block's and the patch layer's own level, as inside a model that holds the encoder as one layer. */
const flat = (name: string) =>
  name.replace(/^encoder_layer_\d_transformer\//, '').replace('dense/dense', 'dense')
const HEAD = [
  stored('model_weights/dense/dense/kernel:0', [96, 128]),
  stored('model_weights/dense_1/dense_1/kernel:0', [128, 1]),
]
const STATE = [
  stored('optimizer_weights/Adam/m/dense/kernel:0', [18, 96]),
  stored('optimizer_weights/iter:0'),
]

const PARTS: Readonly<Record<string, string>> = {
  'attention/attention_output': 'attention/output_dense',
  'attention/query': 'attention/query_dense',
  'attention/key': 'attention/key_dense',
  'attention/value': 'attention/value_dense',
}

const numbered = (leaf: string): string => (/kernel|gamma/.test(leaf) ? 'vars/0' : 'vars/1')

/** A block class whose attributes are named as the parts are; the second block is counted up. */
function blocks(name: string): string {
  if (name.startsWith('dense/')) return `layers/dense/${numbered(name)}`
  const [, layer, part, leaf] = /layer_(\d+)_transformer\/encoder_layer_\d+_(.*)\/(\w+):0$/.exec(name)!
  const block = layer === '1' ? 'transformer_block' : `transformer_block_${Number(layer) - 1}`
  return `layers/${block}/${PARTS[part!] ?? part}/${numbered(leaf!)}`
}

/** Every layer a layer of the model, counted up by class. */
function counted(name: string): string {
  if (name.startsWith('dense/')) return `layers/dense/${numbered(name)}`
  const [, layer, part, leaf] = /layer_(\d+)_transformer\/encoder_layer_\d+_(.*)\/(\w+):0$/.exec(name)!
  const before = Number(layer) - 1
  const suffix = (count: number) => (count === 0 ? '' : `_${count}`)
  const last = Number(part!.at(-1))
  if (part!.startsWith('ff')) return `layers/dense_${2 * before + last}/${numbered(leaf!)}`
  if (part!.startsWith('norm')) {
    return `layers/layer_normalization${suffix(2 * before + last - 1)}/${numbered(leaf!)}`
  }
  const role = PARTS[part!]!.replace('attention/', '')
  return `layers/multi_head_attention${suffix(before)}/_${role}/${numbered(leaf!)}`
}

describe('nameTensors', () => {
  it.each<[string, KerasLayout, StoredTensor[], string[]]>([
    ['of save_weights', 'save_weights', encoder((name) => name), []],
    ['without `:0`', 'save_weights', encoder((name) => name.slice(0, -2)), []],
    [
      'with a level for the model’s name',
      'save_weights',
      encoder((name) => name.replace('/', '/pat_encoder/')),
      [],
    ],
    [
      'with a patch layer that is counted up',
      'save_weights',
      encoder((name) => name.replace('dense/dense', 'dense_7/dense_7')),
      [],
    ],
    [
      'of a whole model with its optimizer',
      'model',
      [...encoder((name) => `model_weights/${name}`), ...STATE],
      ['optimizer_weights'],
    ],
    [
      'nested in a fine-tuned model whose head is called as the patch layer is',
      'nested',
      [...HEAD, ...encoder((name) => `model_weights/encoder_model/${flat(name)}`)],
      HEAD.map(({ path }) => path),
    ],
    ['nested, weights alone', 'nested', encoder((name) => `encoder_model/${flat(name)}`), []],
    [
      'of Keras 3 with a class for the blocks',
      'keras-3',
      [...encoder(blocks), stored('optimizer/vars/0')],
      ['optimizer'],
    ],
    ['of Keras 3, all layers side by side', 'keras-3', encoder(counted), []],
    [
      'of Keras 3 within a model with a head',
      'keras-3',
      [...encoder((name) => `layers/functional/${counted(name)}`), stored('layers/dense/vars/0', [96, 128])],
      ['layers/dense/vars/0'],
    ],
  ])('finds every tensor by its name: %s', (_, layout, file, ignored) => {
    const found = nameTensors(file)
    expect(found.layout).toBe(layout)
    expect([...found.ignored].sort()).toEqual([...ignored].sort())
    const expected = expectedTensors(medium)
    expect([...found.tensors.keys()].sort()).toEqual([...expected.keys()].sort())
    for (const [name, { shape }] of found.tensors) expect([name, shape]).toEqual([name, expected.get(name)])
    expect(new Set(found.tensors.values()).size).toBe(expected.size)
  })

  it('keeps the layers of Keras 3 apart, past the tenth too', () => {
    const large = { ...medium, layers: 12 }
    const { tensors } = nameTensors(encoder(counted, large))
    for (const [name, { path }] of tensors) expect([name, path]).toEqual([name, counted(name)])
    expect(tensors.size).toBe(expectedTensors(large).size)
  })

  it.each([
    [
      'two encoders',
      [...encoder((name) => `a/${name}`), ...encoder((name) => `b/${name}`)],
      /^.*a second time, as a\//,
    ],
    [
      'two patch layers',
      [...encoder((name) => name), stored('other/dense/kernel:0', [9, 96])],
      /other\/dense\/kernel:0 could be the patch layer, as could dense\/dense\/kernel:0/,
    ],
  ])('refuses %s', (_, file, message) => {
    expect(() => nameTensors(file)).toThrow(message)
  })

  it('hands on a patch layer of a wrong shape, so that the refusal can name it', () => {
    const { tensors } = nameTensors([stored('dense/dense/kernel:0', [20, 96])])
    expect(tensors.get('dense/dense/kernel:0')?.shape).toEqual([20, 96])
  })

  it('finds nothing in a file of something else, and says what is there', () => {
    expect(nameTensors([stored('block1_conv1/kernel:0', [3, 3])])).toEqual({
      layout: 'save_weights',
      tensors: new Map(),
      ignored: ['block1_conv1/kernel:0'],
    })
  })
})
