/** What a runner process is to time. */
export interface RunnerTask {
  /** Path of an ONNX file: an encoder, or anything whose input is one number a row. */
  readonly onnx: string
  /** Values of one input. */
  readonly inputSize: number
  readonly threads: number
  /** Inputs of one run. */
  readonly batch: number
}

/** What one run is to tell: how long it takes, or, watching the event loop, which takes time of its own, how that fares. */
export type RunnerOrder = 'time' | 'watch'

/** What came of one run. */
export interface RunnerReply {
  readonly ms: number
  /** Largest resident memory of the process up to now. */
  readonly peakMb: number
  /** The longest that the event loop was kept from its timers, as `watchLoop` has it; undefined where nobody watched. */
  readonly blockedMs?: number
}
