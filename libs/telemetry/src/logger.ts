import { trace } from '@opentelemetry/api'
import pino from 'pino'
import { telemetryConfig } from './config.ts'
import { errorRecord } from './error-record.ts'
import { LOG_FIELDS, type LogFields } from './log-fields.ts'
import { currentContext } from './request-context.ts'

type Write = (fields: LogFields, message: string) => void

/** Messages are fixed sentences: what varies goes into fields. */
export interface Logger {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}

export interface LoggerOptions {
  readonly level: string
  readonly projectId: string
  /** Where the lines go; standard output unless told. */
  readonly destination?: { write(line: string): void }
}

const SEVERITIES: Readonly<Record<string, string>> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
}

const ALLOWED: ReadonlySet<string> = new Set([
  ...LOG_FIELDS,
  'request_id',
  'user',
  'trace_id',
  'span_id',
  'trace_flags',
  'logging.googleapis.com/trace',
  'logging.googleapis.com/spanId',
  'logging.googleapis.com/trace_sampled',
])

/** A logger of one JSON line an entry, in the field names of Cloud Logging; each line names the request and the trace. */
export function createLogger({ level, projectId, destination }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    messageKey: 'message',
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ severity: SEVERITIES[label] ?? 'DEFAULT' }), log: allowed },
    mixin: () => ({ ...currentContext(), ...traceFields(projectId) }),
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(fields).filter(
    ([name, value]) => ALLOWED.has(name) && typeof value !== 'object',
  )
  const error = fields.err === undefined ? {} : { error: errorRecord(fields.err) }
  return { ...Object.fromEntries(kept), ...error }
}

function traceFields(projectId: string): object {
  const span = trace.getActiveSpan()?.spanContext()
  if (span === undefined) return {}
  return {
    'logging.googleapis.com/trace': `projects/${projectId}/traces/${span.traceId}`,
    'logging.googleapis.com/spanId': span.spanId,
    'logging.googleapis.com/trace_sampled': (span.traceFlags & 1) === 1,
  }
}

/** The process's logger: `logger.info({ upload_id }, 'upload stored')`. Fields outside the allow-list are dropped. */
export const logger: Logger = createLogger({
  level: telemetryConfig.logLevel,
  projectId: telemetryConfig.projectId,
})
