import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { machineEnvironment } from './config.ts'
import { stagesOf } from './dockerfile.ts'
import type { ServiceName } from './services.ts'

const workspace = join(import.meta.dirname, '../../..')

/**
 * Makes a service's image tree with the very commands of the Dockerfile's stage `tree`, without a container: `/app` is
 * a folder below `folder`, `/workspace` this workspace with its installed packages, and the runtime's Node this one.
 * Answers the tree's path; fails with the command that failed and the end of what it wrote.
 */
export function replayDockerfile(service: ServiceName, folder: string): string {
  const app = join(folder, 'app')
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  symlinkSync(process.execPath, join(bin, 'runtime-node'))
  const stage = stagesOf(readFileSync(join(workspace, 'Dockerfile'), 'utf8')).find(
    ({ name }) => name === 'tree',
  )
  let cwd = workspace
  const variables: Record<string, string> = { SERVICE: service }
  for (const { keyword, text } of stage?.instructions ?? []) {
    const here = text.replace(/(?<![\w.])\/app\b/g, app).replace(/(?<![\w.])\/workspace\b/g, workspace)
    if (keyword === 'WORKDIR') cwd = here
    else if (keyword === 'ENV') Object.assign(variables, Object.fromEntries([here.split('=')]))
    else if (keyword === 'RUN') run(here, { cwd, variables, bin })
  }
  return app
}

interface Surroundings {
  readonly cwd: string
  readonly variables: Readonly<Record<string, string>>
  readonly bin: string
}

function run(command: string, { cwd, variables, bin }: Surroundings): void {
  const { PATH, HOME } = machineEnvironment
  const env = { HOME, npm_config_prefer_offline: 'true', ...variables, PATH: [bin, PATH].join(delimiter) }
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${(stdout + stderr).slice(-2000)}`)
}
