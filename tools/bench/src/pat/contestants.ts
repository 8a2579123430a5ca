import { execFile, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Size } from './matrix-work.ts'
import type { RunnerOrder, RunnerReply, RunnerTask } from './runner-messages.ts'

export type TimedGraph = Size | 'products'

/** A process that waits to be told to run once. */
export interface Contestant<T> extends Disposable {
  run(): Promise<T>
}

export interface Runner extends Contestant<RunnerReply> {
  /** Runs once more while the event loop is watched; answers how long it was kept waiting at most, in ms. */
  watch(): Promise<number>
}

/** Our encoder, or large matrix products in the same runtime. */
export async function startRunner(task: RunnerTask): Promise<Runner> {
  const child = fork(new URL('./runner.ts', import.meta.url), [JSON.stringify(task)], { execArgv: [] })
  await once(child, 'message')
  const obey = async (order: RunnerOrder): Promise<RunnerReply> => {
    const reply = once(child, 'message')
    child.send(order)
    return ((await reply) as [RunnerReply])[0]
  }
  return {
    run: () => obey('time'),
    watch: async () => (await obey('watch')).blockedMs ?? NaN,
    [Symbol.dispose]: () => void child.kill(),
  }
}

const PYTHONS = ['/usr/bin/python3', 'python3'] // Debian's own has python3-torch, another may come first on the path

const WRITE_GRAPH = join(import.meta.dirname, '../../../pat-import/src/write-graph.ts')

/** Writes the importer's encoder of that size with made-up weights, or its matrix products; answers the file. */
export async function writeGraph(folder: string, what: TimedGraph): Promise<string> {
  const file = join(folder, `${what}.onnx`)
  await promisify(execFile)(process.execPath, [WRITE_GRAPH, file, what])
  return file
}

/** The python that can import PyTorch, and PyTorch's version; undefined where there is none. */
export async function findTorch(): Promise<{ python: string; version: string } | undefined> {
  for (const python of PYTHONS) {
    try {
      const { stdout } = await promisify(execFile)(python, ['-c', 'import torch; print(torch.__version__)'])
      return { python, version: stdout.trim() }
    } catch {
      continue
    }
  }
  return undefined
}

export interface Torch extends Disposable {
  /** Milliseconds of one run of one week, or of one product. */
  run(what: TimedGraph): Promise<number>
}

/** Plain PyTorch with that many threads. */
export function startTorch(python: string, threads: number): Torch {
  const count = String(threads)
  const child = spawn(python, [join(import.meta.dirname, 'plain_pat.py'), count], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count },
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    async run(what) {
      child.stdin.write(`${what}\n`)
      return Number((await lines.next()).value)
    },
    [Symbol.dispose]: () => void child.kill(),
  }
}
