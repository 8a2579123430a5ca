import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { System } from '@clarity/testkit'

const KB_PER_MIB = 1024
const WATCHED = ['ingestion', 'analysis', 'insight'] as const
type Watched = (typeof WATCHED)[number]

/** What a service took at most. */
export interface Strain {
  readonly peakMib: number
  /** The longest time that its liveness route took to answer. */
  readonly longestPauseMs: number
}

export interface Watch {
  /** Ends watching. */
  stop(): Promise<Readonly<Record<Watched, Strain>>>
}

function ofEach<T>(tell: (name: Watched) => T): Record<Watched, T> {
  return Object.fromEntries(WATCHED.map((name) => [name, tell(name)])) as Record<Watched, T>
}

/**
 * Asks every service again and again whether it lives, and in the end how much memory it had. A thread of its own
 * asks: the pauses of this one, in which the local cloud lives, are no service's.
 */
export function watchServices({ services }: System): Watch {
  const workerData = ofEach((name) => services[name].url)
  const worker = new Worker(join(import.meta.dirname, 'ask-liveness.ts'), { workerData })
  const told = once(worker, 'message') as Promise<[Record<Watched, number>]>
  return {
    async stop() {
      worker.postMessage('stop')
      const [longest] = await told
      return ofEach((name) => ({
        peakMib: peakMib(services[name].pid),
        longestPauseMs: longest[name],
      }))
    },
  }
}

/** The most memory that a process ever held at once; 0 where the operating system does not tell. */
function peakMib(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / KB_PER_MIB)
  } catch {
    return 0
  }
}
