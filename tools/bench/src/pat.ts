import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { BenchRow } from './bench-row.ts'
import { processorTicks } from './process-usage.ts'
import { type Runner, type Torch, findTorch, startRunner, startTorch, writeGraph } from './pat/contestants.ts'
import type { Size } from './pat/matrix-work.ts'
import { type PatTimes, patRows } from './pat/pat-rows.ts'
import type { RunnerReply } from './pat/runner-messages.ts'

const THREADS = [1, 2]
const BATCH = 8
const WARM_UP = 2
/** With one thread; with two, which take half as long, as many more. */
const ROUNDS = { S: 20, M: 12, L: 8 }
/** Lets the threads of one contestant go to sleep before the next one's turn: OpenBLAS's spin for 2²⁶ cycles. */
const PAUSE_MS = 50
const WEEK_MINUTES = 10_080

/** What one size with that many threads is timed beside; all take turns. */
interface Field {
  readonly one: Runner
  readonly many: Runner
  readonly products: Runner
  readonly torch: Torch | undefined
  readonly size: Size
}

/** PAT in every size, beside plain PyTorch where Debian's python3-torch is installed and beside its matrix work. */
export async function pat(rounds: Readonly<Record<Size, number>> = ROUNDS): Promise<BenchRow[]> {
  const torch = await findTorch()
  const before = processorTicks()
  const rows: BenchRow[] = torch
    ? []
    : [{ bench: 'pat', name: 'plain PyTorch: not installed (python3-torch), left out' }]
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-pat-'))
  for (const threads of THREADS) {
    using plain = torch && startTorch(torch.python, threads)
    using products = await startRunner({
      onnx: await writeGraph(scratch.path, 'products'),
      inputSize: 1,
      threads,
      batch: 1,
    })
    for (const size of ['S', 'M', 'L'] as const) {
      const encoder = { onnx: await writeGraph(scratch.path, size), inputSize: WEEK_MINUTES, threads }
      using one = await startRunner({ ...encoder, batch: 1 })
      using many = await startRunner({ ...encoder, batch: BATCH })
      const results = await takeTurns({ one, many, products, torch: plain, size }, threads * rounds[size])
      rows.push(...patRows({ size, threads, batch: BATCH }, results))
    }
  }
  const after = processorTicks()
  const share = (after.stolen - before.stolen) / (after.total - before.total)
  rows.push({ bench: 'pat', name: 'processor time that the host gave to others meanwhile', ratio: share })
  return rows
}

async function takeTurns({ one, many, products, torch, size }: Field, rounds: number): Promise<PatTimes> {
  const results = {
    one: [] as RunnerReply[],
    many: [] as RunnerReply[],
    products: [] as number[],
    torch: [] as number[],
    torchProducts: [] as number[],
    blockedMs: [] as number[],
  }
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const turn = async <T>(times: T[], run: () => Promise<T>): Promise<void> => {
      await pause(PAUSE_MS)
      const result = await run()
      if (round >= 0) times.push(result)
    }
    await turn(results.products, async () => (await products.run()).ms)
    await turn(results.one, () => one.run())
    await turn(results.many, () => many.run())
    await turn(results.blockedMs, () => one.watch())
    await turn(results.blockedMs, () => many.watch())
    if (!torch) continue
    await turn(results.torch, () => torch.run(size))
    await turn(results.torchProducts, () => torch.run('products'))
  }
  return results
}
