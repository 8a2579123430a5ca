import { types } from 'node:util'
import { isFailure } from '@clarity/failure'

/** What may be known of an error outside the process: never its text, which can hold data of a person. */
export interface ErrorRecord {
  readonly class: string
  readonly kind?: string
  readonly code?: string
  readonly stack: readonly string[]
  readonly cause?: ErrorRecord
}

const MAX_CAUSES = 3
const MAX_FRAMES = 20
const WORD = /^[\w.:/-]{1,64}$/

/** The error as class, code, kind, stack frames and causes. */
export function errorRecord(error: unknown, causes = MAX_CAUSES): ErrorRecord {
  if (!types.isNativeError(error)) return { class: typeof error, stack: [] }
  const code = isFailure(error) ? error.details.code : (error as { code?: unknown }).code
  return {
    class: word(error.name) ?? 'Error',
    ...(isFailure(error) && { kind: error.kind }),
    ...(word(code) !== undefined && { code: word(code) }),
    stack: stackFrames(error),
    ...(error.cause !== undefined && causes > 0 && { cause: errorRecord(error.cause, causes - 1) }),
  }
}

/** The lines of the stack without the message, which the stack repeats. */
function stackFrames({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message)
  const frames = start === -1 ? stack : stack.slice(start + message.length)
  return frames
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MAX_FRAMES)
    .map((line) => line.trim())
}

function word(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && WORD.test(text) ? text : undefined
}
