import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { loadPatModel } from '@clarity/pat-model'
import { run } from './tests/command-line.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pat-import-'))
  await run('tests/write-random-weights.ts', join(folder, 'S.h5'), 'S')
})

afterAll(() => rm(folder, { recursive: true }))

const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

describe('model:import', () => {
  it('writes a model folder that loads, with a manifest that names file, tensors and ports', async () => {
    const out = join(folder, 'out')
    const outcome = await run('main.ts', join(folder, 'S.h5'), '--out', out, '--name', 'try')
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    expect(outcome.stdout).toMatch(/^try: PAT-S, 274720 parameters, proved against float64/)
    await using model = await loadPatModel({ modelDir: out })
    expect(model.manifest).toMatchObject({
      name: 'try',
      size: 'S',
      sha256: await sha256(join(out, 'encoder.onnx')),
      licence: 'unknown',
      inputs: [{ name: 'activity', type: 'float32', shape: ['batch', 10_080] }],
      outputs: [
        { name: 'patches', type: 'float32', shape: ['batch', 560, 96] },
        { name: 'embedding', type: 'float32', shape: ['batch', 96] },
        { name: 'attention', type: 'float32', shape: ['batch', 560] },
      ],
      graph: 'folded',
      heads: {},
      source: { file: 'S.h5', sha256: await sha256(join(folder, 'S.h5')), layout: 'save_weights' },
    })
    expect(model.manifest.tensors).toHaveLength(18)
    expect(model.manifest.tensors[2]).toEqual({
      name: 'encoder_layer_1_transformer/encoder_layer_1_attention/query/kernel:0',
      shape: [96, 6, 96],
    })
  })

  it('makes of the shipped weights, byte for byte, the shipped model', async () => {
    const shipped = join(import.meta.dirname, '../../../models/pat-s')
    const out = join(folder, 'again')
    const { name } = JSON.parse(await readFile(join(shipped, 'manifest.json'), 'utf8'))
    const options = ['--out', out, '--name', name, '--origin', join(shipped, 'origin.json')]
    expect(await run('main.ts', join(shipped, 'pat-s.h5'), ...options)).toMatchObject({ code: 0 })
    for (const file of ['encoder.onnx', 'golden.json', 'manifest.json']) {
      expect(await sha256(join(out, file))).toBe(await sha256(join(shipped, file)))
    }
  })

  it.each([
    ['without a tensor', ['dense/dense/bias:0='], 'dense/dense/bias:0 is missing'],
    [
      'with NaN',
      ['dense/dense/kernel:0=nan'],
      'dense/dense/kernel:0 holds a value that is not finite (at 3)',
    ],
  ])('refuses a file %s in one line and writes nothing', async (_, changes, reason) => {
    const file = join(folder, 'changed.h5')
    await run('tests/write-random-weights.ts', file, 'S', ...changes)
    const out = join(folder, 'nothing')
    expect(await run('main.ts', file, '--out', out)).toEqual({
      code: 1,
      stdout: '',
      stderr: `These are not PAT encoder weights: ${reason}.\n`,
    })
    await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.each([
    [
      'a link into another file',
      'eNrr9HBx4+WS4mLm4GCAgf9QcBjKN4DSbFKJ5v4eLkFMCrtqmbKRcQWTELJGGOBiYmAEalNkYGDkcGBNSc0rThVjYNBPLUnWz8gvLslLzE1l0AcLMzAYM5ADHhkl1QMA5vsvrg==',
      'dense is neither a group nor a dataset of this file.\n',
    ],
    [
      'a dataset that lies in another file',
      'eNrr9HBx4+WS4mLm4GCAgf9QwCAB4RtAxR07O9n9PVyCmBR21TJlI+MKJiFkjTDAxcTAyMDAJsAApFhTUvOKUw/D7HBhoArQsMyZRY6TBEFOYstOLcpLzQljhBrmTBUn7WTrqQQ7SRHdSQyMjCoMDExMjIxCULUJUBqdzyzCwCioIM/AAuYpMIhzMIjXA1msQNczc3HwMTCwMDNAIwzs+iUMQwJsuC4YwTAKRsEoGAWjYBAAd2d/H3ANIoBUmwBBAEwBTCC/JCO1SC/DlCGbgRlJGASYkPgSaHwQAFa2DPFA7GMWmQoTm8A/GvajYBSMglEwCkbBKBgFo2AUjIJRMApGAb0AAIBNWfs=',
      'dense/kernel is kept in another file.\n',
    ],
  ])('refuses %s', async (_, content, stderr) => {
    const file = join(folder, 'linked.h5')
    await writeFile(file, inflateSync(Buffer.from(content, 'base64')))
    expect(await run('main.ts', file, '--out', join(folder, 'nothing'))).toMatchObject({ code: 1, stderr })
  })

  it('leaves a head out and says so', async () => {
    const file = join(folder, 'headed.h5')
    await run('tests/write-random-weights.ts', file, 'S', 'head/kernel:0=96,1')
    const out = join(folder, 'headed')
    const { stdout } = await run('main.ts', file, '--out', out, '--graph', 'plain')
    expect(stdout.trim()).toMatch(/; left out, as not the encoder's: head\/kernel:0$/)
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({ graph: 'plain', heads: {}, source: { ignored: ['head/kernel:0'] } })
  })

  it('leaves an existing model as it was, and nothing beside it, when the proof fails', async () => {
    const file = join(folder, 'large.h5')
    const gamma = 'encoder_layer_1_transformer/encoder_layer_1_norm2/gamma:0'
    await run('tests/write-random-weights.ts', file, 'S', `${gamma}=large`)
    const out = join(folder, 'kept', 'model')
    expect(await run('main.ts', join(folder, 'S.h5'), '--out', out)).toMatchObject({ code: 0 })
    const sums = () =>
      Promise.all(['encoder.onnx', 'golden.json', 'manifest.json'].map((name) => sha256(join(out, name))))
    const before = await sums()
    expect(await run('main.ts', file, '--out', out)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The model does not reproduce its golden vector.\n',
    })
    expect(await sums()).toEqual(before)
    expect(await readdir(join(folder, 'kept'))).toEqual(['model'])
  })

  it('refuses what is not HDF5, is cut off, is absent or is not named', async () => {
    const cut = join(folder, 'cut.h5')
    await writeFile(cut, await readFile(join(folder, 'S.h5')))
    await truncate(cut, 50_000)
    const archive = join(folder, 'whole.keras')
    await writeFile(archive, 'PK\x03\x04')
    const lines = [
      ['x.h5', '--graph', 'quick'],
      [archive],
      [join(import.meta.dirname, 'main.ts')],
      [cut],
      [join(folder, 'absent.h5')],
      [],
      ['--what'],
    ]
    const outcomes = await Promise.all(lines.map((args) => run('main.ts', ...args)))
    expect(outcomes.map(({ code, stderr }) => [code, stderr.split('\n')[0]])).toEqual([
      [1, 'The graph is folded or plain.'],
      [1, 'The file is an archive, as .keras is: the weights are the model.weights.h5 within it.'],
      [1, 'The file is not HDF5: its signature is missing.'],
      [1, 'The file is damaged: HDF5 cannot read it.'],
      [1, expect.stringContaining('ENOENT')],
      [1, expect.stringMatching(/^Exactly one file is needed: npm run model:import/)],
      [1, expect.stringMatching(/^Unknown option '--what'/)],
    ])
  })
})
