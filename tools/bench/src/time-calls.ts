import { type Timing, quantile } from './time-runs.ts'

/**
 * Times several asynchronous calls in turns, one at a time, so that what else the machine does falls on all of them
 * alike; each is called unmeasured first.
 */
export async function timeCallsInTurns(
  calls: readonly (() => Promise<unknown>)[],
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
): Promise<Timing[]> {
  const times = calls.map((): number[] => [])
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [which, call] of calls.entries()) {
      const start = performance.now()
      await call()
      if (round >= 0) times[which]!.push(performance.now() - start)
    }
  }
  return times.map((taken) => {
    const ascending = taken.toSorted((a, b) => a - b)
    return { runs: taken.length, median_ms: quantile(ascending, 0.5), p95_ms: quantile(ascending, 0.95) }
  })
}
