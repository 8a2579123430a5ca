import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '../../..')
const PRELOAD = pathToFileURL(join(ROOT, 'libs/telemetry/src/preload.ts')).href
const KEPT_LINES = 2000

export type ServiceName = 'ingestion' | 'analysis' | 'insight'

export interface ServiceProcessOptions {
  readonly name: ServiceName
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
  /** Folder for `<name>.log`; without one the newest lines are kept in memory alone. */
  readonly logDirectory?: string | undefined
}

/** One service as a process of its own, run by this Node with the production preload. */
export interface ServiceProcess extends AsyncDisposable {
  readonly name: ServiceName
  readonly url: string
  /** The newest lines that it wrote to stdout and stderr. */
  lines(): readonly string[]
  /** Resolves when `/ready` answers 200; rejects when the process ends first or 30 s pass. */
  ready(): Promise<void>
  /** Ends the process with that signal and resolves with its exit code (null where a signal ended it). */
  kill(signal: NodeJS.Signals): Promise<number | null>
  /** Starts it again after it ended. */
  restart(): Promise<void>
}

/** Starts `apps/<name>` and returns at once; `ready()` tells when it serves. */
export function startServiceProcess(options: ServiceProcessOptions): ServiceProcess {
  const lines: string[] = []
  const log = openLog(options)
  let child = launch()

  function launch(): ChildProcess {
    const started = spawn(
      process.execPath,
      ['--import', PRELOAD, join(ROOT, 'apps', options.name, 'src/main.ts')],
      {
        env: options.environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const keep = (chunk: Buffer) => {
      log?.write(chunk)
      lines.push(...chunk.toString('utf8').split('\n').filter(Boolean))
      lines.splice(0, lines.length - KEPT_LINES)
    }
    started.stdout?.on('data', keep)
    started.stderr?.on('data', keep)
    return started
  }

  const hasEnded = () => child.exitCode !== null || child.signalCode !== null

  async function ready(): Promise<void> {
    const deadline = performance.now() + 30_000
    while (performance.now() < deadline) {
      if (hasEnded()) throw new Error(`${options.name} ended: ${lines.slice(-5).join(' | ')}`)
      const answer = await fetch(`${options.url}/ready`).catch(() => undefined)
      await answer?.body?.cancel()
      if (answer?.ok) return
      await delay(50)
    }
    throw new Error(`${options.name} was not ready within 30 s: ${lines.slice(-5).join(' | ')}`)
  }

  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    if (!hasEnded()) {
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
    }
    return child.exitCode
  }

  return {
    name: options.name,
    url: options.url,
    lines: () => lines,
    ready,
    kill,
    restart: async () => {
      if (!hasEnded()) throw new Error(`${options.name} still runs`)
      child = launch()
      await ready()
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.race([
        kill('SIGTERM'),
        delay(10_500, undefined, { ref: false }).then(() => kill('SIGKILL')),
      ])
      log?.end()
    },
  }
}

function openLog({ logDirectory, name }: ServiceProcessOptions) {
  if (!logDirectory) return undefined
  mkdirSync(logDirectory, { recursive: true })
  return createWriteStream(join(logDirectory, `${name}.log`), { flags: 'a' })
}
