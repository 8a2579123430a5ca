import { spawn } from 'node:child_process'
import { once } from 'node:events'

type Check = readonly [name: string, ...command: string[]]

/** What must hold before a change lands. Checks of one row run side by side. */
const CHECKS: readonly (readonly Check[])[] = [
  [
    ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
    ['types', 'tsc', '-p', 'tsconfig.json'],
    ['dead code', 'knip', '--no-config-hints'],
    // One ESLint for the workspace takes a fifth of one a project; under Nx, whose project graph the boundaries need.
    [
      'lint',
      'nx',
      'run-many',
      '-p',
      '@clarity/verify',
      '-t',
      'lint-workspace,lint-fixture',
      '--output-style=static',
    ],
  ],
  // Last, for they close with their count.
  [['tests', 'jest', '--coverage']],
]

const failed: string[] = []
for (const row of CHECKS) await Promise.all(row.map(run))
if (failed.length > 0) {
  console.error(`verify failed: ${failed.join(', ')}`)
  process.exitCode = 1
}

/** Runs a check and says how it ended; what it prints passes through as it comes. */
async function run([name, command, ...args]: Check): Promise<void> {
  const started = performance.now()
  console.log(`\n== ${name}`)
  const [status] = (await once(
    spawn(command!, args, { stdio: ['ignore', 'inherit', 'inherit'] }),
    'close',
  )) as [number | null]
  if (status !== 0) failed.push(name)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (name !== 'tests') console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
}
