import { flushTelemetry, logger } from '@clarity/telemetry'
import type { Service } from './service.ts'

/**
 * Starts the service, runs it until SIGTERM or SIGINT, then drains, disposes and exits 0, all within 10 s.
 * What fails while the service is made or starts is one line and exit 1; an error that nobody caught is logged without its text and exits 1.
 */
export async function runUntilSignal(made: Service | Promise<Service>): Promise<void> {
  process.on('uncaughtException', (error) => void exitAfter(error))
  const signalled = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
  const service = await started(made)
  await signalled
  logger.info({ service: service.name }, 'stopping')
  await service[Symbol.asyncDispose]()
  process.exit(0)
}

async function started(made: Service | Promise<Service>): Promise<Service> {
  let name = 'the service'
  try {
    const service = await made
    name = service.name
    await service.start()
    return service
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : 'cannot start'}\n`)
    process.exit(1)
  }
}

async function exitAfter(error: unknown): Promise<void> {
  logger.error({ err: error }, 'uncaught error')
  await flushTelemetry(500)
  process.exit(1)
}
