import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sdkFolders } from './config.ts'
import { freePort } from '../free-port.ts'

export interface GoogleEmulator extends AsyncDisposable {
  /** `127.0.0.1:port`, as `PUBSUB_EMULATOR_HOST` and `FIRESTORE_EMULATOR_HOST` take it. */
  readonly host: string
}

interface Launch {
  readonly executable: string
  readonly args: (port: number) => string[]
  readonly ready: RegExp
}

const START_LIMIT_MS = 60_000

const PUBSUB: Launch = {
  executable: 'platform/pubsub-emulator/bin/cloud-pubsub-emulator',
  args: (port) => ['--host=127.0.0.1', `--port=${port}`],
  ready: /Server started, listening/,
}
const FIRESTORE: Launch = {
  executable: 'platform/cloud-firestore-emulator/cloud_firestore_emulator',
  args: (port) => ['start', '--host=127.0.0.1', `--port=${port}`],
  ready: /Dev App Server is now running/,
}

/** Starts Google's own Pub/Sub emulator on a free port; `undefined` where it, or Java, is not installed. */
export function startGooglePubSubEmulator(): Promise<GoogleEmulator | undefined> {
  return launch(PUBSUB)
}

/** Starts Google's own Firestore emulator on a free port; `undefined` where it, or Java, is not installed. */
export function startGoogleFirestoreEmulator(): Promise<GoogleEmulator | undefined> {
  return launch(FIRESTORE)
}

/** Whether that emulator, and Java to run it, are installed on this machine. */
export function isGoogleEmulatorInstalled(name: 'pubsub' | 'firestore'): boolean {
  return installedPath(name === 'pubsub' ? PUBSUB : FIRESTORE) !== undefined
}

function installedPath({ executable }: Launch): string | undefined {
  const path = sdkFolders()
    .map((folder) => join(folder, executable))
    .find((candidate) => existsSync(candidate))
  return path !== undefined && spawnSync('java', ['-version']).status === 0 ? path : undefined
}

async function launch(emulated: Launch): Promise<GoogleEmulator | undefined> {
  const path = installedPath(emulated)
  if (path === undefined) return undefined
  const port = await freePort()
  const child = spawn(path, emulated.args(port), { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const killGroup = (): void => killProcessGroup(child)
  process.once('exit', killGroup)
  const emulator = {
    host: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      process.off('exit', killGroup)
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('close', resolve))
      killGroup()
      await gone
    },
  }
  try {
    await outputMatches(child, emulated.ready)
    return emulator
  } catch (error) {
    await emulator[Symbol.asyncDispose]()
    throw error
  }
}

function killProcessGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group has ended by itself.
  }
}

function outputMatches(child: ChildProcess, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(
      () => reject(new Error(`no start within ${START_LIMIT_MS} ms: ${output}`)),
      START_LIMIT_MS,
    )
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      if (!ready.test(output)) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('close', () => {
      clearTimeout(timer)
      reject(new Error(`ended before it was ready: ${output}`))
    })
  })
}
