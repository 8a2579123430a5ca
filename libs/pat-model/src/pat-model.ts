import type { PatManifest } from './manifest.ts'

/** Minutes in a week: the length of the encoder's input. */
export const WEEK_MINUTES = 10_080

/** Values in an embedding. */
export const EMBEDDING_SIZE = 96

export interface PatEmbedding {
  /** Mean over the patches, `EMBEDDING_SIZE` values. */
  readonly embedding: Float32Array
}

/** A loaded actigraphy transformer; its golden inference has passed. Disposing ends its worker. */
export interface PatModel extends AsyncDisposable {
  readonly manifest: PatManifest
  /**
   * The embedding of one week: `WEEK_MINUTES` values as `standardise` makes them, in time order.
   * Equal input gives equal bytes. Calls queue. Fails `invalid` on a wrong length or a value that is not finite,
   * `unavailable` when the runtime stopped; `signal` gives up waiting and rejects with its reason.
   */
  embed(activity: Float32Array, signal?: AbortSignal): Promise<PatEmbedding>
}

export interface LoadPatModelOptions {
  /** Folder with `manifest.json`, `encoder.onnx` and, where there is one, `golden.json`. */
  readonly modelDir: string
  /** Threads of one inference; 1 by default. */
  readonly threads?: number
}

/**
 * Loads a model folder and proves it: the manifest's sha256 must be that of `encoder.onnx`, and a golden inference
 * must give the stored vector. Fails `unavailable` with code `model_unusable`; never serves unproved weights.
 */
export async function loadPatModel(options: LoadPatModelOptions): Promise<PatModel> {
  throw new Error(`not written yet: ${Object.keys(options).join()}`)
}
