import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PatEmbedding, loadPatModel } from '@clarity/pat-model'
import { run } from './tests/command-line.ts'

// Outputs of an independent float64 implementation on seeded random weights; they lie beside the repository.
const REFERENCE = join(import.meta.dirname, '../../../../shared/reference/pat')
const present = existsSync(REFERENCE)
if (!present) console.warn('PAT reference values are absent: comparison skipped')

function input(name: string): Float32Array {
  const raw = readFileSync(join(REFERENCE, `input_${name}.f32`))
  return Float32Array.from({ length: raw.length >> 2 }, (_, index) => raw.readFloatLE(index * 4))
}

/** The values of a float64 NumPy array file. */
function output(name: string): Float64Array {
  const raw = readFileSync(join(REFERENCE, `output_${name}.npy`))
  const start = 10 + raw.readUInt16LE(8)
  return Float64Array.from({ length: (raw.length - start) >> 3 }, (_, index) =>
    raw.readDoubleLE(start + index * 8),
  )
}

/** Largest absolute difference; NaN where there is nothing to compare with. */
function furthest(expected: ArrayLike<number>, values: Float32Array): number {
  return values.reduce((far, value, index) => Math.max(far, Math.abs(value - (expected[index] ?? NaN))), 0)
}

function worst({ patches, embedding }: PatEmbedding, expected: Float64Array) {
  const pooled = Array.from({ length: 96 }, (_, column) => {
    const rows = expected.filter((_, index) => index % 96 === column)
    return rows.reduce((sum, value) => sum + value, 0) / rows.length
  })
  expect(patches).toHaveLength(expected.length)
  return { element: furthest(expected, patches), pooled: furthest(pooled, embedding) }
}

const describeWhenPresent = present ? describe : describe.skip

describeWhenPresent('an imported encoder on the reference input', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pat-reference-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function imported(file: string, graph = 'folded') {
    const out = join(folder, `${file}-${graph}`)
    const { stderr } = await run('main.ts', join(REFERENCE, file), '--out', out, '--graph', graph)
    expect(stderr).toBe('')
    return loadPatModel({ modelDir: out })
  }

  it.each([
    ['S', 'folded'],
    ['S', 'plain'],
    ['M', 'folded'],
    ['M', 'plain'],
  ])(
    'PAT-%s, %s, is within 1e-4 of every element and 1e-5 of the pooled vector',
    async (size, graph) => {
      await using model = await imported(`PAT-${size}_save_weights.h5`, graph)
      expect(model.manifest.graph).toBe(graph)
      const names = ['seeded', 'zeros', 'extreme']
      const encoded = await model.embedMany(names.map(input))
      const { element, pooled } = worst(encoded[0]!, output(`${size}_seeded`))
      expect(element).toBeLessThan(1e-4)
      expect(pooled).toBeLessThan(1e-5)
      const golden = JSON.parse(await readFile(join(REFERENCE, `golden_${size}.json`), 'utf8'))
      names.forEach((name, index) => {
        const { pooled, attention_profile_first8, attention_profile_argmax } = golden.outputs[name]
        expect(pooled).toHaveLength(96)
        expect(furthest(pooled, encoded[index]!.embedding)).toBeLessThan(1e-5)
        const attention = encoded[index]!.attention!
        expect(furthest(attention_profile_first8, attention.slice(0, 8))).toBeLessThan(1e-7)
        expect(attention.indexOf(Math.max(...attention))).toBe(attention_profile_argmax)
        expect(attention.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
      })
    },
    120_000,
  )

  it('has the published epsilon: the probe that is off by 1.15 with another is within 2e-3', async () => {
    await using model = await imported('PAT-S_epsprobe_save_weights.h5')
    expect(worst(await model.embed(input('seeded')), output('S_epsprobe')).element).toBeLessThan(2e-3)
  }, 60_000)
})
