/** Wall-clock milliseconds of `work`, after the just-in-time compiler has settled on it. */
export interface Timing {
  readonly runs: number
  readonly median_ms: number
  readonly p95_ms: number
}

/** Runs `work` `warmUp` times unmeasured and then `runs` times measured. */
export function timeRuns(work: () => unknown, { warmUp, runs }: { warmUp: number; runs: number }): Timing {
  for (let run = 0; run < warmUp; run += 1) work()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  }).toSorted((a, b) => a - b)
  return { runs, median_ms: quantile(times, 0.5), p95_ms: quantile(times, 0.95) }
}

/** The nearest-rank quantile of ascending values. */
function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? NaN
}
