import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type PatGolden, type PatManifest, loadPatModel } from '@clarity/pat-model'
import { type GraphForm, encoderGraph } from './encoder-graph.ts'
import { goldenActivity, goldenTolerance } from './golden-input.ts'
import { installFiles } from './install-files.ts'
import { type OnnxGraph, encodeOnnxModel } from './onnx-model.ts'
import { patchesOf } from './pat-architecture.ts'
import { type PatWeights, recognisePatWeights } from './pat-weights.ts'
import { readKerasWeights } from './read-keras-weights.ts'
import { encodeInFloat64, meanOverPatches } from './reference-encoder.ts'

const CREATED_BY = 'tools/pat-import, format 2'

/** What nobody can read from the weights themselves. */
export interface ModelOrigin {
  readonly licence: string
  readonly provenance: string
  readonly quality: PatManifest['quality']
}

export interface ImportOptions {
  /** The Keras `.h5` file. */
  readonly file: string
  /** Folder that gets `encoder.onnx`, `manifest.json` and `golden.json`. */
  readonly outDir: string
  /** The model's name; `pat-s`, `pat-m` or `pat-l` by its size where none is given. */
  readonly name?: string
  readonly origin?: ModelOrigin
  /** `folded` where nothing is said. */
  readonly graph?: GraphForm
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function goldenOf(weights: PatWeights): PatGolden {
  const activity = goldenActivity()
  const { patches, attention } = encodeInFloat64(weights, activity)
  const embedding = [...meanOverPatches(patches)]
  return {
    input_float32_base64: Buffer.from(activity.buffer).toString('base64'),
    embedding,
    attention: [...attention],
    tolerance: goldenTolerance(embedding),
  }
}

function describe(
  { architecture, tensors }: PatWeights,
  { inputs, outputs }: OnnxGraph,
): Omit<PatManifest, 'name' | 'sha256' | 'graph' | 'source' | keyof ModelOrigin> {
  const port = ({ name, shape }: (typeof inputs)[number]) => ({
    name,
    type: 'float32' as const,
    shape: [...shape],
  })
  const shapes = [...tensors].map(([name, { shape }]) => ({ name, shape: [...shape] }))
  return {
    architecture: 'PAT',
    size: architecture.size,
    parameters: [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0),
    layers: architecture.layers,
    attention_heads: architecture.heads,
    patch_minutes: architecture.patch,
    patches: patchesOf(architecture),
    inputs: inputs.map(port) as PatManifest['inputs'],
    outputs: outputs.map(port) as PatManifest['outputs'],
    tensors: shapes,
    heads: {},
    created_by: CREATED_BY,
  }
}

/**
 * Turns Keras weights into a model folder and proves it: the runtime must reproduce, from the written files, the
 * embedding that float64 arithmetic gives. The same file and options give the same bytes. Nothing reaches `outDir` unproved.
 * Fails `invalid` (`weights_unreadable`, `weights_unfit`) on a file that is not PAT's, `unavailable`
 * (`model_unusable`) where the proof fails.
 */
export async function importModel(options: ImportOptions): Promise<PatManifest> {
  const { file, outDir, name, origin, graph: form = 'folded' } = options
  const bytes = await readFile(file)
  const { layout, tensors, ignored } = await readKerasWeights(bytes)
  const weights = recognisePatWeights(tensors)
  const graph = encoderGraph(weights, form)
  const onnx = encodeOnnxModel(graph, CREATED_BY)
  const source = { file: basename(file), sha256: sha256(bytes), layout, ignored: [...ignored] }
  const manifest: PatManifest = {
    name: name ?? `pat-${weights.architecture.size.toLowerCase()}`,
    sha256: sha256(onnx),
    graph: form,
    ...(origin ?? {
      licence: 'unknown',
      provenance: `Imported from ${source.file} (sha256 ${source.sha256}); its training is not documented here.`,
      quality: null,
    }),
    source,
    ...describe(weights, graph),
  }
  const golden = goldenOf(weights)
  return installFiles(outDir, async (folder) => {
    await writeFile(join(folder, 'encoder.onnx'), onnx)
    await writeFile(join(folder, 'golden.json'), json(golden))
    await writeFile(join(folder, 'manifest.json'), json(manifest))
    await using proved = await loadPatModel({ modelDir: folder })
    return proved.manifest
  })
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
