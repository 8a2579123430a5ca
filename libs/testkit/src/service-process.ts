import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'

const ROOT = join(import.meta.dirname, '../../..')
const PRELOAD = pathToFileURL(join(ROOT, 'libs/telemetry/src/preload.ts')).href
const KEPT_LINES = 2000
const READY_MS = 60_000
/** A service drains and exits within 10 s of SIGTERM. */
const SHUTDOWN_MS = 10_500

export type ServiceName = 'ingestion' | 'analysis' | 'insight'

export interface ServiceProcessOptions {
  readonly name: ServiceName
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
  /** Folder for `<name>.log`; without one the newest lines are kept in memory alone. */
  readonly logDirectory?: string | undefined
  /** What to run instead of the sources. */
  readonly program?: ServiceProgram | undefined
}

/** Another build of a service, such as an image's tree. */
export interface ServiceProgram {
  /** Arguments for Node: flags, preload, file. */
  readonly command: readonly string[]
  /** Added to the service's environment. */
  readonly environment: Readonly<Record<string, string>>
}

/** One service as a process of its own, run by this Node with the production preload. */
export interface ServiceProcess extends AsyncDisposable {
  readonly name: ServiceName
  readonly url: string
  /** Of the process that runs now, for what the operating system says of it. */
  readonly pid: number | undefined
  /** The newest lines that it wrote to stdout and stderr. */
  lines(): readonly string[]
  /** Resolves when `/ready` answers 200; rejects when the process ends first or a minute passes. */
  ready(): Promise<void>
  /** Resolves with the exit code when the process ends though nobody here asked it to. */
  readonly died: Promise<number | null>
  /** Ends the process with that signal and resolves with its exit code (null where a signal ended it). */
  kill(signal: NodeJS.Signals): Promise<number | null>
  /** Starts it again after it ended. */
  restart(): Promise<void>
}

/** Starts `apps/<name>` and returns at once; `ready()` tells when it serves. */
export function startServiceProcess(options: ServiceProcessOptions): ServiceProcess {
  const lines: string[] = []
  const log = openLog(options)
  const keep = (chunk: Buffer) => {
    log?.write(chunk)
    lines.push(...chunk.toString('utf8').split('\n').filter(Boolean))
    lines.splice(0, lines.length - KEPT_LINES)
  }
  const died = Promise.withResolvers<number | null>()
  let isAsked = false
  const start = () => {
    isAsked = false
    return launch(options, keep).once('exit', (code) => void (isAsked || died.resolve(code)))
  }
  let child = start()

  const ready = () =>
    becomeReady(options, { hasEnded: () => hasEnded(child), lastLines: () => lines.slice(-5) })

  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    if (!hasEnded(child)) {
      const ended = once(child, 'exit')
      isAsked = true
      child.kill(signal)
      await ended
    }
    return child.exitCode
  }

  return {
    name: options.name,
    url: options.url,
    get pid() {
      return child.pid
    },
    lines: () => lines,
    ready,
    died: died.promise,
    kill,
    restart: async () => {
      if (!hasEnded(child)) throw new Error(`${options.name} still runs`)
      child = start()
      await ready()
    },
    [Symbol.asyncDispose]: async () => {
      const impatience = setTimeout(() => void kill('SIGKILL'), SHUTDOWN_MS)
      await kill('SIGTERM')
      clearTimeout(impatience)
      log?.end()
    },
  }
}

function launch(
  { name, environment, program }: ServiceProcessOptions,
  keep: (chunk: Buffer) => void,
): ChildProcess {
  const command = program?.command ?? ['--import', PRELOAD, join(ROOT, 'apps', name, 'src/main.ts')]
  const child = spawn(process.execPath, command, {
    env: { ...environment, ...program?.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return child
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

interface Watched {
  hasEnded(): boolean
  lastLines(): readonly string[]
}

async function becomeReady({ name, url }: ServiceProcessOptions, watched: Watched): Promise<void> {
  const deadline = performance.now() + READY_MS
  while (performance.now() < deadline) {
    if (watched.hasEnded()) throw new Error(`${name} ended: ${watched.lastLines().join(' | ')}`)
    const answer = await fetch(`${url}/ready`).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await delay(50)
  }
  throw new Error(`${name} was not ready within ${READY_MS / 1000} s: ${watched.lastLines().join(' | ')}`)
}

function openLog({ logDirectory, name }: ServiceProcessOptions) {
  if (!logDirectory) return undefined
  mkdirSync(logDirectory, { recursive: true })
  return createWriteStream(join(logDirectory, `${name}.log`), { flags: 'a' })
}
