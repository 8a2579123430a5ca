import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const SERVICE = join(import.meta.dirname, 'echo-service.ts')
const PRELOAD = join(import.meta.dirname, '../../telemetry/src/preload.ts')

export type Line = Record<string, unknown>

export interface ServiceProcess extends AsyncDisposable {
  readonly child: ChildProcess
  /** Every line of standard output so far. */
  readonly lines: Line[]
  /** What standard error holds so far. */
  readonly errors: string[]
  /** The first line with that message, once there is one; undefined when the process ends without it. */
  line(message: string): Promise<Line | undefined>
  exitCode(): Promise<number | null>
}

/** The echo service in a process of its own, with telemetry preloaded as in production. */
export function startServiceProcess(env: Record<string, string>): ServiceProcess {
  const child = spawn(process.execPath, ['--import', PRELOAD, SERVICE], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: Line[] = []
  const errors: string[] = []
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)))
  const reader = createInterface({ input: child.stdout ?? process.stdin })
  reader.on('line', (text) => lines.push(JSON.parse(text) as Line))
  const closed = once(child, 'close')
  return {
    child,
    lines,
    errors,
    async line(message) {
      for (;;) {
        const found = lines.find((line) => line.message === message)
        if (found !== undefined || child.exitCode !== null) return found
        await Promise.race([once(reader, 'line'), closed])
      }
    },
    async exitCode() {
      await closed
      return child.exitCode
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await closed
    },
  }
}
