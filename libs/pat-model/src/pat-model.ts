import { invalid } from '@clarity/failure'
import { type PatGolden, goldenInput } from './golden.ts'
import { type Inference, createInference } from './inference.ts'
import type { PatEmbedding } from './inference-messages.ts'
import type { PatManifest } from './manifest.ts'
import { WEEK_MINUTES } from './architecture.ts'
import { readModelFolder, unusable } from './model-folder.ts'

/** A loaded actigraphy transformer; its golden inference has passed. Disposing ends its worker. */
export interface PatModel extends AsyncDisposable {
  readonly manifest: PatManifest
  /**
   * The encoding of one week: `WEEK_MINUTES` values as `standardise` makes them, in time order.
   * Equal input gives equal bytes. Calls queue. Fails `invalid` on a wrong length or a value that is not finite,
   * `unavailable` when the runtime stopped; `signal` gives up waiting and rejects with its reason.
   */
  embed(activity: Float32Array, signal?: AbortSignal): Promise<PatEmbedding>
}

export interface LoadPatModelOptions {
  /** Folder with `manifest.json`, `encoder.onnx` and `golden.json`. */
  readonly modelDir: string
  /** Threads of one inference; 1 by default. */
  readonly threads?: number
}

async function proveGolden(inference: Inference, golden: PatGolden): Promise<void> {
  const { embedding } = await inference.run(goldenInput(golden))
  const near =
    embedding.length === golden.embedding.length &&
    golden.embedding.every((value, index) => Math.abs(value - (embedding[index] ?? NaN)) <= golden.tolerance)
  if (!near) throw unusable('The model does not reproduce its golden vector.')
}

/**
 * Loads a model folder and proves it: the manifest's sha256 must be that of `encoder.onnx`, and a golden inference
 * must give the stored vector. Fails `unavailable` with code `model_unusable`; never serves unproved weights.
 */
export async function loadPatModel({ modelDir, threads = 1 }: LoadPatModelOptions): Promise<PatModel> {
  const { manifest, onnx, golden } = await readModelFolder(modelDir)
  const inference = await createInference({ onnx, threads })
  try {
    await proveGolden(inference, golden)
  } catch (error) {
    await inference[Symbol.asyncDispose]()
    throw error
  }
  return {
    manifest,
    async embed(activity, signal) {
      if (activity.length !== WEEK_MINUTES || !activity.every(Number.isFinite)) {
        throw invalid(`A model input is ${WEEK_MINUTES} finite values.`)
      }
      return inference.run(activity, signal)
    },
    [Symbol.asyncDispose]: () => inference[Symbol.asyncDispose](),
  }
}
