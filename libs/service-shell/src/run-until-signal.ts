import { flushTelemetry, logger } from '@clarity/telemetry'
import type { Service } from './service.ts'

/**
 * Starts the service, runs it until SIGTERM or SIGINT, then drains, disposes and exits 0, all within 10 s.
 * A start that fails is one line and exit 1; an error that nobody caught is logged without its text and exits 1.
 */
export async function runUntilSignal(service: Service): Promise<void> {
  process.on('uncaughtException', (error) => void exitAfter(error))
  const signalled = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
  try {
    await service.start()
  } catch (error) {
    process.stderr.write(`${service.name}: ${error instanceof Error ? error.message : 'cannot start'}\n`)
    process.exit(1)
  }
  await signalled
  logger.info({ service: service.name }, 'stopping')
  await service[Symbol.asyncDispose]()
  process.exit(0)
}

async function exitAfter(error: unknown): Promise<void> {
  logger.error({ err: error }, 'uncaught error')
  await flushTelemetry(500)
  process.exit(1)
}
