/** What a runner process is to time. */
export interface RunnerTask {
  /** A size of PAT, or the products of large matrices. */
  readonly what: 'S' | 'M' | 'L' | 'products'
  readonly threads: number
  /** Weeks in one run. */
  readonly batch: number
}

/** What came of one run. */
export interface RunnerReply {
  readonly ms: number
  /** Largest resident memory of the process up to now. */
  readonly peakMb: number
  /** The longest that the event loop was kept from its timers during the run. */
  readonly blockedMs: number
}
