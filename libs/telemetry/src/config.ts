import { randomBytes } from 'node:crypto'

export interface TelemetryConfig {
  readonly serviceName: string
  readonly serviceVersion: string
  readonly projectId: string
  readonly logLevel: string
  readonly tracesExporter: string
  readonly sampleRatio: number
  readonly userHashKey: string
  readonly onCloudRun: boolean
}

/** What traces, metrics and logs need to know, from the environment; anything missing has a harmless stand-in. */
export function envToTelemetryConfig(env: Readonly<Record<string, string | undefined>>): TelemetryConfig {
  return {
    serviceName: env.OTEL_SERVICE_NAME || env.K_SERVICE || 'clarity',
    serviceVersion: env.K_REVISION || 'local',
    projectId: env.GOOGLE_CLOUD_PROJECT || 'unknown-project',
    logLevel: level(env.LOG_LEVEL),
    tracesExporter: env.OTEL_TRACES_EXPORTER || 'otlp',
    sampleRatio: ratio(env.TRACE_SAMPLE_RATIO),
    // Without a key users get another pseudonym in each process: useless to follow, but never the id itself.
    userHashKey: env.USER_HASH_KEY || randomBytes(32).toString('hex'),
    onCloudRun: Boolean(env.K_SERVICE),
  }
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** A level that does not exist counts as absent: the service's own config refuses it in one clear line. */
function level(text: string | undefined): string {
  return text !== undefined && LEVELS.includes(text) ? text : 'info'
}

function ratio(text: string | undefined): number {
  const value = Number(text || 1)
  return value >= 0 && value <= 1 ? value : 1
}

export const telemetryConfig = envToTelemetryConfig(process.env)
