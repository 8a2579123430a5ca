import { z } from 'zod'
import { refuseEmulatorsOnCloudRun } from './cloud-run-guard.ts'

type Env = Readonly<Record<string, string | undefined>>

/** The variables every service reads; an app's schema is `z.object({ ...commonEnv, … })`. */
export const commonEnv = {
  PORT: z.coerce.number().int().min(0).max(65535).describe('HTTP port; 0 takes any free one.'),
  METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .describe('Port of the Prometheus text (GET /metrics), never routed from outside; 0 takes any free one.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('The least severe log lines to write.'),
  GOOGLE_CLOUD_PROJECT: z.string().min(1).describe('Google Cloud project id.'),
  OTEL_TRACES_EXPORTER: z
    .enum(['otlp', 'google', 'console', 'none'])
    .default('otlp')
    .describe('Where finished spans go: OTLP over HTTP, Cloud Trace, the console, or nowhere.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url()
    .optional()
    .describe('Base URL of the OTLP receiver; the SDK takes http://localhost:4318 when absent.'),
  TRACE_SAMPLE_RATIO: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Share of traces that are recorded, also where the remote parent was not sampled.'),
  USER_HASH_KEY: z
    .string()
    .min(16)
    .describe('Secret key of the HMAC that stands for the user in logs, audit records and erasure marks.'),
  REQUEST_DEADLINE_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(30_000)
    .describe('How long a public request may take, in milliseconds.'),
  K_SERVICE: z.string().optional().describe('Set by Cloud Run alone.'),
}

export interface CommonConfig {
  readonly port: number
  readonly metricsPort: number
  readonly projectId: string
  readonly requestDeadlineMs: number
  readonly userHashKey: string
  readonly onCloudRun: boolean
}

/** The common part of a service's config, from the parsed variables. */
export function commonEnvToConfig(env: z.output<z.ZodObject<typeof commonEnv>>): CommonConfig {
  return {
    port: env.PORT,
    metricsPort: env.METRICS_PORT,
    projectId: env.GOOGLE_CLOUD_PROJECT,
    requestDeadlineMs: env.REQUEST_DEADLINE_MS,
    userHashKey: env.USER_HASH_KEY,
    onCloudRun: env.K_SERVICE !== undefined,
  }
}

/** The environment is wrong: one line for each variable at fault. */
export class BadEnvironment extends Error {
  readonly lines: readonly string[]

  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'BadEnvironment'
    this.lines = lines
  }
}

/** Parses the environment (empty variables count as absent) and refuses emulators on Cloud Run; throws `BadEnvironment`. */
export function parseEnv<S extends z.ZodObject>(schema: S, env: Env): z.output<S> {
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse(present)
  const bad = result.success
    ? []
    : result.error.issues.map(({ path: [name = ''], message }) =>
        Object.hasOwn(present, name) ? `${String(name)}: ${message}` : `${String(name)}: must be set`,
      )
  const lines = [...new Set([...bad, ...refuseEmulatorsOnCloudRun(env)])]
  if (!result.success || lines.length > 0) throw new BadEnvironment(lines)
  return result.data
}

/** Runs `read`; where the environment is wrong, prints its lines and exits 1. */
export function exitOnBadEnv<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error
    process.stderr.write(`${error.lines.join('\n')}\n`)
    process.exit(1)
  }
}
