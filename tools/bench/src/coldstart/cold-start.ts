import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuMs } from '../process-usage.ts'

const POLL_MS = 3
const PATIENCE_MS = 60_000

/** A program for Node that answers `/ready` with 200 on its port once it can serve. */
export interface Program {
  readonly name: string
  /** Its arguments for Node: flags, preload, file. */
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly port: number
}

export interface ColdStart {
  /** From the start of the process to the first 200. */
  readonly readyMs: number
  /** Processor time of the process, all of its threads, until then. */
  readonly cpuMs: number
}

/** Starts a program, waits until it is ready and ends it. */
export async function coldStart({ name, command, environment, port }: Program): Promise<ColdStart> {
  const started = performance.now()
  const child = spawn(process.execPath, command, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
      if (performance.now() - started > PATIENCE_MS) throw new Error(`${name} was not ready in time`)
      await sleep(POLL_MS)
    }
    return { readyMs: performance.now() - started, cpuMs: cpuMs(child.pid) }
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/ready', agent: false }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode === 200))
    })
    request.once('error', () => resolve(false))
  })
}
