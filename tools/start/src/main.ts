import { parseArguments } from './arguments.ts'
import { configOfProcess } from './config.ts'
import { run } from './run.ts'

try {
  process.exitCode = await run(parseArguments(process.argv.slice(2)), configOfProcess())
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The start failed.')
  process.exitCode = 1
}
process.exit()
