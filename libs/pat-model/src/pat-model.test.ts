import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WEEK_MINUTES } from './architecture.ts'
import { patGoldenSchema } from './golden.ts'
import { loadPatModel } from './pat-model.ts'

const SHIPPED = join(import.meta.dirname, '../../../models/pat-s')
const FILES = ['manifest.json', 'encoder.onnx', 'golden.json']

const week = (shift = 0): Float32Array =>
  Float32Array.from({ length: WEEK_MINUTES }, (_, minute) => Math.sin((minute + shift) / 229) ** 3)

const port = (name: string, shape: number[]) => ({ name, type: 'float32', shape: ['batch', ...shape] })

describe('the shipped model', () => {
  it('is PAT-S, says where it comes from, and predicts nothing', async () => {
    await using model = await loadPatModel({ modelDir: SHIPPED })
    const onnx = await readFile(join(SHIPPED, 'encoder.onnx'))
    expect(model.manifest).toMatchObject({
      size: 'S',
      parameters: 274_720,
      sha256: createHash('sha256').update(onnx).digest('hex'),
      heads: {},
    })
    expect(model.manifest.provenance).toMatch(/generated weeks, not on recordings/)
    expect(model.manifest.quality).not.toBeNull()
  })

  it('gives equal bytes for equal input, one after another and at once, and others for other input', async () => {
    await using model = await loadPatModel({ modelDir: SHIPPED, threads: 2 })
    const first = await model.embed(week())
    const many = await Promise.all([week(), week(1), week(), week(2), week()].map((one) => model.embed(one)))
    expect(first.embedding).toHaveLength(96)
    expect(first.patches).toHaveLength(560 * 96)
    expect(
      many.map(({ embedding }) => Buffer.from(embedding.buffer).equals(Buffer.from(first.embedding.buffer))),
    ).toEqual([true, false, true, false, true])
  })

  it('gives the mean over its patches as embedding', async () => {
    await using model = await loadPatModel({ modelDir: SHIPPED })
    const { embedding, patches } = await model.embed(week())
    embedding.forEach((value, column) => {
      const rows = patches.filter((_, index) => index % 96 === column)
      expect(value).toBeCloseTo(rows.reduce((sum, one) => sum + one, 0) / rows.length, 5)
    })
  })

  it('encodes many weeks in their order as it encodes each, also more than have their turn at once', async () => {
    await using model = await loadPatModel({ modelDir: SHIPPED })
    const weeks = Array.from({ length: 11 }, (_, shift) => week(shift * 97))
    const many = await model.embedMany(weeks)
    expect(many).toHaveLength(11)
    for (const which of [0, 4, 10]) expect(many[which]).toEqual(await model.embed(weeks[which]!))
    expect(await model.embedMany([])).toEqual([])
  })

  it('says how the attention is shared among the patches', async () => {
    await using model = await loadPatModel({ modelDir: SHIPPED })
    const { attention } = await model.embed(week())
    expect(attention).toHaveLength(560)
    expect(attention!.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
    expect(Math.min(...attention!)).toBeGreaterThan(0)
  })

  it.each([
    ['too short', new Float32Array(WEEK_MINUTES - 1)],
    ['not finite', week().fill(NaN, 5, 6)],
  ])('refuses an input that is %s', async (_, activity) => {
    await using model = await loadPatModel({ modelDir: SHIPPED })
    await expect(model.embed(activity)).rejects.toMatchObject({
      kind: 'invalid',
      message: 'A model input is 10080 finite values.',
    })
  })

  it('gives up waiting when the signal says so, and goes on serving others', async () => {
    await using model = await loadPatModel({ modelDir: SHIPPED })
    const reason = new Error('too late')
    const controller = new AbortController()
    const given = model.embed(week(), controller.signal)
    const other = model.embed(week())
    controller.abort(reason)
    await expect(given).rejects.toBe(reason)
    await expect(model.embed(week(), AbortSignal.abort(reason))).rejects.toBe(reason)
    expect((await other).embedding).toHaveLength(96)
  })

  it('answers unavailable once it is disposed', async () => {
    const model = await loadPatModel({ modelDir: SHIPPED })
    await model[Symbol.asyncDispose]()
    await expect(model.embed(week())).rejects.toMatchObject({
      kind: 'unavailable',
      details: { code: 'model_stopped' },
    })
  })
})

describe('a model folder that is not what it claims', () => {
  let folder = ''

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pat-model-'))
    for (const name of FILES) await cp(join(SHIPPED, name), join(folder, name))
  })

  afterEach(() => rm(folder, { recursive: true }))

  const refusal = (message: string) => ({ kind: 'unavailable', message, details: { code: 'model_unusable' } })

  async function rewrite(name: string, change: (content: Record<string, unknown>) => void): Promise<void> {
    const content = JSON.parse(await readFile(join(folder, name), 'utf8'))
    change(content)
    await writeFile(join(folder, name), JSON.stringify(content))
  }

  it('is refused for one flipped byte', async () => {
    const file = join(folder, 'encoder.onnx')
    const bytes = await readFile(file)
    bytes[bytes.length >> 1]! ^= 1
    await writeFile(file, bytes)
    await expect(loadPatModel({ modelDir: folder })).rejects.toMatchObject(
      refusal('encoder.onnx does not have the sha256 that its manifest states.'),
    )
  })

  it.each(FILES)('is refused without %s', async (name) => {
    await rm(join(folder, name))
    await expect(loadPatModel({ modelDir: folder })).rejects.toMatchObject(
      refusal(`The model folder has no ${name}.`),
    )
  })

  it.each([
    ['manifest.json', 'name'],
    ['golden.json', 'input_float32_base64'],
  ])('is refused when %s is not what it should be', async (name, at) => {
    await writeFile(join(folder, name), '{"name": 1}')
    await expect(loadPatModel({ modelDir: folder })).rejects.toMatchObject(
      refusal(`${name} of the model folder is not what it should be: ${at}.`),
    )
  })

  const reference = (change: object = {}) =>
    JSON.stringify({
      name: 'nobody',
      unit: 'steps',
      provenance: 'made up',
      mean: Array.from({ length: WEEK_MINUTES }, () => 5),
      sd: Array.from({ length: WEEK_MINUTES }, () => 2),
      ...change,
    })

  it('has a reference and an identity of its own where a reference is installed', async () => {
    await using plain = await loadPatModel({ modelDir: folder })
    expect([plain.reference, plain.identity]).toEqual([undefined, plain.manifest.sha256])
    await writeFile(join(folder, 'reference-activity.json'), reference())
    await using first = await loadPatModel({ modelDir: folder })
    expect(first.reference).toMatchObject({ name: 'nobody', unit: 'steps' })
    await writeFile(join(folder, 'reference-activity.json'), reference({ unit: 'activity_counts' }))
    await using second = await loadPatModel({ modelDir: folder })
    expect(new Set([plain, first, second].map(({ identity }) => identity)).size).toBe(3)
  })

  const minutes = (...values: unknown[]) => Array.from({ length: WEEK_MINUTES }, (_, at) => values[at] ?? 1)
  it.each([
    ['a day of means', reference({ mean: minutes().slice(0, 1440) }), 'mean'],
    ['a deviation too many', reference({ sd: [...minutes(), 1] }), 'sd'],
    ['a deviation of 0', reference({ sd: minutes(0) }), 'sd.0'],
    ['a deviation of next to nothing', reference({ sd: minutes(1, 1, 9e-4) }), 'sd.2'],
    ['a negative deviation', reference({ sd: minutes(1, -1) }), 'sd.1'],
    ['a mean that is no number', reference({ mean: minutes('1') }), 'mean.0'],
    ['an infinite mean', reference({ mean: minutes(7.25) }).replace('7.25', '1e999'), 'mean.0'],
    ['an unknown unit', reference({ unit: 'mims' }), 'unit'],
    ['no provenance', reference({ provenance: undefined }), 'provenance'],
    ['a field unknown to us', reference({ weekday: 1 }), 'a field'],
    ['no JSON', '{', 'no JSON'],
  ])('is refused when its reference has %s', async (_, content, at) => {
    await writeFile(join(folder, 'reference-activity.json'), content)
    await expect(loadPatModel({ modelDir: folder })).rejects.toMatchObject(
      refusal(`reference-activity.json of the model folder is not what it should be: ${at}.`),
    )
  })

  it('is refused when it does not reproduce its golden vector', async () => {
    const golden = patGoldenSchema.parse(JSON.parse(await readFile(join(folder, 'golden.json'), 'utf8')))
    await rewrite('golden.json', (content) => {
      content['embedding'] = golden.embedding.map((value, index) => (index === 40 ? value + 2e-5 : value))
    })
    await expect(loadPatModel({ modelDir: folder })).rejects.toMatchObject(
      refusal('The model does not reproduce its golden vector.'),
    )
  })

  it('is refused when it does not reproduce its golden attention', async () => {
    const { attention = [] } = patGoldenSchema.parse(
      JSON.parse(await readFile(join(folder, 'golden.json'), 'utf8')),
    )
    await rewrite('golden.json', (content) => {
      content['attention'] = attention.map((value, index) => (index === 40 ? value + 2e-5 : value))
    })
    await expect(loadPatModel({ modelDir: folder })).rejects.toMatchObject(
      refusal('The model does not reproduce its golden vector.'),
    )
  })

  it('is refused when the runtime cannot load it, though its sha256 fits', async () => {
    const onnx = Buffer.from('not a model')
    await writeFile(join(folder, 'encoder.onnx'), onnx)
    await rewrite('manifest.json', (content) => {
      content['sha256'] = createHash('sha256').update(onnx).digest('hex')
    })
    await expect(loadPatModel({ modelDir: folder })).rejects.toMatchObject(
      refusal('The runtime cannot load encoder.onnx.'),
    )
  })

  it.each([
    ['another input', { inputs: [port('steps', [10_080])] }],
    ['a shorter input', { inputs: [port('activity', [1440])] }],
    ['a fixed batch', { inputs: [{ ...port('activity', [10_080]), shape: [1, 10_080] }] }],
    ['no patches', { outputs: [port('embedding', [96])] }],
    ['a wider embedding', { outputs: [port('patches', [560, 96]), port('embedding', [128])] }],
    ['the patches of another size', { outputs: [port('patches', [1120, 96]), port('embedding', [96])] }],
    ['another size', { size: 'L' }],
  ])('is refused when its manifest states %s', async (_, change) => {
    await rewrite('manifest.json', (content) => Object.assign(content, change))
    await expect(loadPatModel({ modelDir: folder })).rejects.toMatchObject(
      refusal('manifest.json does not describe the encoder of its size.'),
    )
  })

  it.each([
    [1e-4, true],
    [1.1e-4, false],
  ])('with a tolerance of %d is taken: %p', async (tolerance, taken) => {
    await rewrite('golden.json', (content) => Object.assign(content, { tolerance }))
    const loaded = loadPatModel({ modelDir: folder }).then((model) => model[Symbol.asyncDispose]())
    if (taken) return expect(loaded).resolves.toBeUndefined()
    return expect(loaded).rejects.toMatchObject(
      refusal('golden.json of the model folder is not what it should be: tolerance.'),
    )
  })
})
