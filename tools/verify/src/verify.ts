import { spawnSync } from 'node:child_process'

/** What must hold before a change lands, cheapest first; the tests close with their count. */
const CHECKS: readonly (readonly [name: string, ...command: string[]])[] = [
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lint', 'nx', 'run-many', '-t', 'lint', '--output-style=static'],
  ['lint of the bad fixture', 'nx', 'run', '@clarity/verify:lint-fixture', '--output-style=static'],
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['dead code', 'knip'],
  ['tests', 'jest', '--coverage'],
]

const failed = CHECKS.filter(([name, command, ...args]) => {
  const started = performance.now()
  console.log(`\n== ${name}`)
  const { status } = spawnSync(command!, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (name !== 'tests') console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds(started)} s)`)
  return status !== 0
})

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1)
}

if (failed.length > 0) {
  console.error(`verify failed: ${failed.map(([name]) => name).join(', ')}`)
  process.exitCode = 1
}
