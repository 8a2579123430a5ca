/** Wall-clock milliseconds of `work`, after the just-in-time compiler has settled on it. */
export interface Timing {
  readonly runs: number
  readonly median_ms: number
  readonly p95_ms: number
}

/** How often: `warmUp` rounds unmeasured, then `rounds` of `perRound` runs each measured. */
export interface Repetition {
  readonly warmUp: number
  readonly rounds: number
  readonly perRound: number
}

/** Times one piece of work. */
export function timeRuns(work: () => unknown, { warmUp, rounds, perRound }: Repetition): Timing {
  return timeInTurns([{ work, perRound }], { warmUp, rounds })[0]!
}

/**
 * Times several pieces of work in turns, so that what else the machine does falls on all of them alike and their
 * ratio means something.
 */
export function timeInTurns(
  works: readonly { readonly work: () => unknown; readonly perRound: number }[],
  { warmUp, rounds }: Omit<Repetition, 'perRound'>,
): Timing[] {
  for (const { work, perRound } of works) for (let run = 0; run < warmUp * perRound; run += 1) work()
  const times = works.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    works.forEach(({ work, perRound }, which) => {
      for (let run = 0; run < perRound; run += 1) {
        const start = performance.now()
        work()
        times[which]!.push(performance.now() - start)
      }
    })
  }
  return times.map((taken) => {
    const ascending = taken.toSorted((a, b) => a - b)
    return { runs: taken.length, median_ms: quantile(ascending, 0.5), p95_ms: quantile(ascending, 0.95) }
  })
}

/** The nearest-rank quantile of ascending values. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? NaN
}
