import { isFailure } from '@clarity/failure'

function isMisuse(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

/**
 * Runs a command line: prints the line that `run` resolves to, or one line to stderr and exit code 1 where the
 * arguments, a file or a model is at fault. Anything else is a bug and shows its stack.
 */
export async function runCommand(usage: string, run: (args: string[]) => Promise<string>): Promise<void> {
  try {
    console.log(await run(process.argv.slice(2)))
  } catch (error) {
    process.exitCode = 1
    if (isFailure(error)) console.error(error.message)
    else if (isMisuse(error)) console.error(`${error.message}\nusage: ${usage}`)
    else if (error instanceof Error && 'syscall' in error) console.error(error.message)
    else throw error
  }
}
