/** What crosses between the model and its worker thread. */
export interface InferenceWorkerData {
  readonly onnx: Uint8Array
  readonly threads: number
}

export interface InferenceRequest {
  readonly id: number
  readonly activity: Float32Array
}

export interface PatEmbedding {
  /** Mean over the patches, 96 values. */
  readonly embedding: Float32Array
  /** One row of 96 values a patch, row-major. */
  readonly patches: Float32Array
}

export type InferenceReply =
  { readonly kind: 'ready' } | { readonly kind: 'output'; readonly id: number; readonly output: PatEmbedding }
