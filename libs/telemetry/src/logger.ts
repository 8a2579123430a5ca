import pino from 'pino'
import { telemetryConfig } from './config.ts'

export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** A logger of one JSON line an entry, in the field names of Cloud Logging. */
export function createLogger(): Logger {
  return pino({ level: telemetryConfig.logLevel, messageKey: 'message' })
}

/** The process's logger: `logger.info({ upload_id }, 'upload stored')`. Fields outside the allow-list are dropped. */
export const logger: Logger = createLogger()
