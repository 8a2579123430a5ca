/** What crosses between the model and its worker thread. */
export interface InferenceWorkerData {
  readonly onnx: Uint8Array
  readonly threads: number
}

export interface InferenceRequest {
  readonly id: number
  readonly activity: Float32Array
}

export type InferenceReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'embedding'; readonly id: number; readonly embedding: Float32Array }
