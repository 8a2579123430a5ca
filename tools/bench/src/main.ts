import { parseArgs } from 'node:util'
import { isFailure } from '@clarity/failure'
import { runBench } from './run-bench.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
})

try {
  console.log(await runBench(positionals[0], { json: values.json }))
} catch (error) {
  if (!isFailure(error)) throw error
  console.error(error.message)
  process.exitCode = 1
}
