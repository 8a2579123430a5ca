import { setTimeout as pause } from 'node:timers/promises'
import { ARCHITECTURES } from '@clarity/pat-import'
import type { BenchRow } from './bench-row.ts'
import { type Contestant, type Torch, findTorch, startRunner, startTorch } from './pat/contestants.ts'
import { PRODUCT_WORK, matrixWork } from './pat/matrix-work.ts'
import type { RunnerReply } from './pat/runner-messages.ts'
import { quantile } from './time-runs.ts'

const THREADS = [1, 2]
const BATCH = 8
const WARM_UP = 2
const ROUNDS = { S: 20, M: 12, L: 8 }
/** Lets the threads of one contestant, which spin for a while, go to sleep before the next one's turn. */
const PAUSE_MS = 15
const BOUND_GOAL = 1.2
const TORCH_GOAL = 0.25
const BLOCKED_GOAL_MS = 20
const TORCH_PRODUCT_WORK = 2 * 2048 ** 3

type Size = keyof typeof ROUNDS

/** What one size with that many threads is timed beside; all take turns. */
interface Field {
  readonly one: Contestant<RunnerReply>
  readonly many: Contestant<RunnerReply>
  readonly products: Contestant<RunnerReply>
  readonly torch: Torch | undefined
}

interface Results {
  readonly one: readonly RunnerReply[]
  readonly many: readonly RunnerReply[]
  readonly products: readonly number[]
  readonly torch: readonly number[]
  readonly torchProducts: readonly number[]
}

/** PAT in every size, beside plain PyTorch where Debian's python3-torch is installed and beside its matrix work. */
export async function pat(): Promise<BenchRow[]> {
  const torch = await findTorch()
  const rows: BenchRow[] = torch
    ? []
    : [{ bench: 'pat', name: 'plain PyTorch: not installed (python3-torch), left out' }]
  for (const threads of THREADS) {
    using plain = torch && startTorch(torch.python, threads)
    using products = await startRunner({ what: 'products', threads, batch: 1 })
    for (const size of ['S', 'M', 'L'] as const) {
      using one = await startRunner({ what: size, threads, batch: 1 })
      using many = await startRunner({ what: size, threads, batch: BATCH })
      const results = await takeTurns({ one, many, products, torch: plain }, size)
      rows.push(...rowsOf({ size, threads }, results))
    }
  }
  return rows
}

async function takeTurns({ one, many, products, torch }: Field, size: Size): Promise<Results> {
  const results = {
    one: [] as RunnerReply[],
    many: [] as RunnerReply[],
    products: [] as number[],
    torch: [] as number[],
    torchProducts: [] as number[],
  }
  for (let round = -WARM_UP; round < ROUNDS[size]; round += 1) {
    const turn = async <T>(times: T[], run: () => Promise<T>): Promise<void> => {
      await pause(PAUSE_MS)
      const result = await run()
      if (round >= 0) times.push(result)
    }
    await turn(results.products, async () => (await products.run()).ms)
    await turn(results.one, () => one.run())
    await turn(results.many, () => many.run())
    if (!torch) continue
    await turn(results.torch, () => torch.run(size))
    await turn(results.torchProducts, () => torch.run('products'))
  }
  return results
}

function timing(times: readonly number[]): Pick<BenchRow, 'runs' | 'median_ms' | 'p95_ms'> {
  const ascending = times.toSorted((a, b) => a - b)
  return { runs: times.length, median_ms: quantile(ascending, 0.5), p95_ms: quantile(ascending, 0.95) }
}

const medianOf = (times: readonly number[]): number => timing(times).median_ms ?? NaN

function rowsOf({ size, threads }: { size: Size; threads: number }, results: Results): BenchRow[] {
  const architecture = ARCHITECTURES.find((one) => one.size === size)!
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
    { of: 'the runtime', perMs: PRODUCT_WORK / medianOf(results.products) },
    ...(results.torch.length > 0
      ? [{ of: 'PyTorch', perMs: TORCH_PRODUCT_WORK / medianOf(results.torchProducts) }]
      : []),
  ].sort((a, b) => b.perMs - a.perMs)
  const bound = matrixWork(architecture) / rates[0]!.perMs
  const isHeldAgainst = size === 'L' && threads === 2
  const blocked = Math.max(...[...results.one, ...results.many].map(({ blockedMs }) => blockedMs))
  const peak = (runs: readonly RunnerReply[]) => ({ peak_mb: Math.max(...runs.map(({ peakMb }) => peakMb)) })
  const goal = (ratio: number, most: number, isHeld: boolean) =>
    isHeld ? { ratio, goal: `≤ ${most}`, met: ratio <= most } : { ratio }
  return [
    row('batch 1', { ...timing(results.one.map(({ ms }) => ms)), ...peak(results.one) }),
    row(`batch ${BATCH}`, { ...timing(results.many.map(({ ms }) => ms)), ...peak(results.many) }),
    row(`a week of batch ${BATCH} to batch 1`, goal(week / BATCH / own, 1, true)),
    row(`bound, at the ${(rates[0]!.perMs / 1e6).toFixed(0)} GFLOP/s of ${rates[0]!.of}`, {
      median_ms: bound,
    }),
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
