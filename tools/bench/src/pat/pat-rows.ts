import type { BenchRow } from '../bench-row.ts'
import { quantile } from '../time-runs.ts'
import { PRODUCT_WORK, type Size, matrixWork } from './matrix-work.ts'
import type { RunnerReply } from './runner-messages.ts'

const BOUND_GOAL = 1.2
const TORCH_GOAL = 0.25
/** No slower, but for what two medians of the same work differ by. */
const BATCH_GOAL = 1.05
const BLOCKED_GOAL_MS = 20
/** Products in one run of the graph of products. */
const PRODUCTS = 2

/** Every contestant's runs; those of PyTorch are empty where there is none. */
export interface PatTimes {
  readonly one: readonly RunnerReply[]
  readonly many: readonly RunnerReply[]
  readonly products: readonly number[]
  readonly torch: readonly number[]
  readonly torchProducts: readonly number[]
  /** How long the event loop was kept waiting at most, in runs of their own. */
  readonly blockedMs: readonly number[]
}

function timing(times: readonly number[]): Pick<BenchRow, 'runs' | 'median_ms' | 'p95_ms'> {
  const ascending = times.toSorted((a, b) => a - b)
  return { runs: times.length, median_ms: quantile(ascending, 0.5), p95_ms: quantile(ascending, 0.95) }
}

const medianOf = (times: readonly number[]): number => timing(times).median_ms ?? NaN

/** What was timed, and what it is held against: L with two threads, a batch and the event loop always. */
export function patRows(
  { size, threads, batch }: { size: Size; threads: number; batch: number },
  results: PatTimes,
): BenchRow[] {
  const name = `PAT-${size}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
  const row = (what: string, more: Partial<BenchRow>): BenchRow => ({
    bench: 'pat',
    name: `${name}: ${what}`,
    ...more,
  })
  const [own, week] = [results.one, results.many].map((runs) => medianOf(runs.map(({ ms }) => ms))) as [
    number,
    number,
  ]
  const rates = [
    { of: 'the runtime', perMs: (PRODUCTS * PRODUCT_WORK) / medianOf(results.products) },
    ...(results.torch.length > 0
      ? [{ of: 'PyTorch', perMs: PRODUCT_WORK / medianOf(results.torchProducts) }]
      : []),
  ].sort((a, b) => b.perMs - a.perMs)
  const bound = matrixWork(size) / rates[0]!.perMs
  const isHeldAgainst = size === 'L' && threads === 2
  const blocked = Math.max(...results.blockedMs)
  const peak = (runs: readonly RunnerReply[]) => ({ peak_mb: Math.max(...runs.map(({ peakMb }) => peakMb)) })
  const goal = (ratio: number, most: number, isHeld: boolean) =>
    isHeld ? { ratio, goal: `≤ ${most}`, met: ratio <= most } : { ratio }
  return [
    row('batch 1', { ...timing(results.one.map(({ ms }) => ms)), ...peak(results.one) }),
    row(`batch ${batch}`, { ...timing(results.many.map(({ ms }) => ms)), ...peak(results.many) }),
    row(`a week of batch ${batch} to batch 1`, goal(week / batch / own, BATCH_GOAL, true)),
    row(
      `bound: ${(matrixWork(size) / 1e9).toFixed(1)} GFLOP as published, at the ${(rates[0]!.perMs / 1e6).toFixed(0)} GFLOP/s of ${rates[0]!.of}`,
      {
        median_ms: bound,
      },
    ),
    row('batch 1 to the bound', goal(own / bound, BOUND_GOAL, isHeldAgainst)),
    ...(results.torch.length > 0
      ? [
          row('plain PyTorch, batch 1', timing(results.torch)),
          row('batch 1 to plain PyTorch', goal(own / medianOf(results.torch), TORCH_GOAL, isHeldAgainst)),
        ]
      : []),
    row('event loop kept waiting, longest', {
      median_ms: blocked,
      goal: `≤ ${BLOCKED_GOAL_MS} ms`,
      met: blocked <= BLOCKED_GOAL_MS,
    }),
  ]
}
