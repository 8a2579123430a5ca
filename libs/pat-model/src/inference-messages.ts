/** What crosses between the model and its worker thread. */
export interface InferenceWorkerData {
  readonly onnx: Uint8Array
  readonly threads: number
}

export interface InferenceRequest {
  readonly id: number
  /** One input after the other. */
  readonly activity: Float32Array
  readonly inputs: number
}

/** Asks the worker to end, after the input that it is at: the runtime does not outlive being ended in the middle of one. */
export const STOP = 'stop'

/** The encoder's outputs for every input of a request, one input after the other. */
export interface InferenceOutput {
  readonly embedding: Float32Array
  readonly patches: Float32Array
  /** Absent where the encoder has no such output. */
  readonly attention?: Float32Array
}

export type InferenceReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'output'; readonly id: number; readonly output: InferenceOutput }
