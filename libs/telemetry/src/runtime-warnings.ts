import { logger } from './logger.ts'

/** Writes the warnings of Node and of libraries as log lines; by default Node prints them as loose text. */
export function logRuntimeWarnings(): void {
  process.removeAllListeners('warning')
  process.on('warning', (warning) => logger.warn({ err: warning }, 'runtime warning'))
}
