import { createHash } from 'node:crypto'
import { invalid } from '@clarity/failure'
import { type PatEmbedding, separateWeeks } from './embedding.ts'
import { type PatGolden, goldenInput, reproduces } from './golden.ts'
import { type Inference, createInference } from './inference.ts'
import type { PatManifest } from './manifest.ts'
import { WEEK_MINUTES } from './architecture.ts'
import { readModelFolder, unusable } from './model-folder.ts'
import type { ReferenceActivity } from './reference-activity.ts'

/** A loaded actigraphy transformer; its golden inference has passed. Disposing ends its worker. */
export interface PatModel extends AsyncDisposable {
  readonly manifest: PatManifest
  /** The reference group that its folder holds, if any. */
  readonly reference: ReferenceActivity | undefined
  /** Hex sha256 of everything that decides an embedding: that of the encoder where no reference is installed. */
  readonly identity: string
  /**
   * The encoding of one week: `WEEK_MINUTES` values as `standardise` or `standardiseAgainst` makes them, in time order.
   * Equal input gives equal bytes. Calls queue. Fails `invalid` on a wrong length or a value that is not finite,
   * `unavailable` when the runtime stopped; `signal` gives up waiting and rejects with its reason.
   */
  embed(activity: Float32Array, signal?: AbortSignal): Promise<PatEmbedding>
  /**
   * The encodings of many weeks, in their order, each with the bytes that `embed` gives; eight at a time, between
   * which other calls have their turn.
   */
  embedMany(weeks: readonly Float32Array[], signal?: AbortSignal): Promise<PatEmbedding[]>
}

const WEEKS_A_TURN = 8

export interface LoadPatModelOptions {
  /** Folder with `manifest.json`, `encoder.onnx`, `golden.json`, and `reference-activity.json` if there is one. */
  readonly modelDir: string
  /** Threads of one inference; 1 by default. */
  readonly threads?: number
}

function identityOf({ sha256 }: PatManifest, reference: ReferenceActivity | undefined): string {
  if (reference === undefined) return sha256
  return createHash('sha256').update(`${sha256} ${reference.sha256}`).digest('hex')
}

async function proveGolden(inference: Inference, golden: PatGolden): Promise<void> {
  const output = await inference.run([goldenInput(golden)])
  if (!reproduces(output, golden)) throw unusable('The model does not reproduce its golden vector.')
}

function createEmbedMany(inference: Inference): PatModel['embedMany'] {
  return async (weeks, signal) => {
    if (weeks.some((week) => week.length !== WEEK_MINUTES || !week.every(Number.isFinite))) {
      throw invalid(`A model input is ${WEEK_MINUTES} finite values.`)
    }
    const encoded: PatEmbedding[] = []
    for (let first = 0; first < weeks.length; first += WEEKS_A_TURN) {
      const run = weeks.slice(first, first + WEEKS_A_TURN)
      encoded.push(...separateWeeks(await inference.run(run, signal), run.length))
    }
    return encoded
  }
}

/**
 * Loads a model folder and proves it: the manifest's sha256 must be that of `encoder.onnx`, and a golden inference
 * must give the stored values. Fails `unavailable` with code `model_unusable`; never serves unproved weights.
 */
export async function loadPatModel({ modelDir, threads = 1 }: LoadPatModelOptions): Promise<PatModel> {
  const { manifest, onnx, golden, reference } = await readModelFolder(modelDir)
  const inference = await createInference({ onnx, threads })
  try {
    await proveGolden(inference, golden)
  } catch (error) {
    await inference[Symbol.asyncDispose]()
    throw error
  }
  const embedMany = createEmbedMany(inference)
  return {
    manifest,
    reference,
    identity: identityOf(manifest, reference),
    embedMany,
    async embed(activity, signal) {
      const [embedding] = await embedMany([activity], signal)
      return embedding!
    },
    [Symbol.asyncDispose]: () => inference[Symbol.asyncDispose](),
  }
}
