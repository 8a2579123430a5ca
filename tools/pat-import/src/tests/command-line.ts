import { execFile } from 'node:child_process'
import { join } from 'node:path'

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const SOURCES = join(import.meta.dirname, '..')

/** Runs one of this tool's TypeScript files as the commands do: in a Node of its own. */
export function run(file: string, ...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(SOURCES, file), ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr })
    })
  })
}
