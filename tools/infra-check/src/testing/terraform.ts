import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { INFRA, REPOSITORY } from '../repository.ts'

const OFFLINE = join(REPOSITORY, '../shared/tools/terraform-offline')
const STUB = join(OFFLINE, 'stub-provider.cjs')
const SCHEMA = join(OFFLINE, 'google-provider-7.45.0.json.gz')
const TIMEOUT_MS = 120_000

export interface Run {
  readonly ok: boolean
  readonly output: string
}

/** Why Terraform cannot be run here; undefined where it can. */
export function whyNoTerraform(): string | undefined {
  if (spawnSync('terraform', ['version'], { env: environment() }).status !== 0)
    return 'terraform is not installed'
  if (!existsSync(STUB)) return 'the offline provider is not beside this repository'
  const require = createRequire(import.meta.url)
  try {
    // What the offline provider loads from the folder that it runs in.
    require.resolve('@grpc/grpc-js')
    require.resolve('@msgpack/msgpack')
    require.resolve('protobufjs')
  } catch {
    return 'the packages of the offline provider are not installed'
  }
  return undefined
}

/** A copy of `infra/` in which Terraform may write and a test may plant faults. */
export function copyInfra() {
  const root = mkdtempSync(join(tmpdir(), 'clarity-infra-'))
  const infra = join(root, 'infra')
  cpSync(INFRA, infra, { recursive: true, filter: (path) => !path.endsWith('.terraform') })
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'))
  return {
    /** Runs Terraform in a folder of the copy, Google's provider being the offline one. */
    terraform(folder: string, ...args: string[]): Run {
      const command = [STUB, SCHEMA, '--', 'terraform', ...args, '-no-color']
      return finished(spawnSync(process.execPath, command, options(join(infra, folder))))
    },
    formatted(): Run {
      const args = ['fmt', '-check', '-recursive', '-no-color']
      return finished(spawnSync('terraform', args, options(infra)))
    },
    /** Replaces what stands once in a file of the copy. */
    edit(path: string, from: string | RegExp, to: string): void {
      const file = join(infra, path)
      const text = readFileSync(file, 'utf8')
      const edited = text.replace(from, to)
      if (edited === text) throw new Error(`${path} does not hold ${from}`)
      writeFileSync(file, edited)
    },
    write(path: string, text: string): void {
      writeFileSync(join(infra, path), text)
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

const environment = () => ({ ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' })

const options = (cwd: string) => ({
  cwd,
  env: environment(),
  encoding: 'utf8' as const,
  timeout: TIMEOUT_MS,
  maxBuffer: 64 * 1024 * 1024,
})

const finished = (run: { status: number | null; stdout: string; stderr: string }): Run => ({
  ok: run.status === 0,
  output: run.stdout + run.stderr,
})
