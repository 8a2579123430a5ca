import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type MetricsServer, flushTelemetry, logger, startMetricsServer } from '@clarity/telemetry'
import { createApp } from './app.ts'
import type { CommonConfig } from './environment.ts'
import { answerBrokenRequests, listen, stopServer } from './http-server.ts'
import type { ReadinessCheck } from './readiness.ts'
import type { Caller, Route } from './route.ts'

/**
 * Longer than the 600 s after which Google's load balancer closes an idle connection: one that the server closes
 * first breaks the request that comes just then.
 */
const KEEP_ALIVE_MS = 620_000

export interface ServiceOptions {
  /** `ingestion`, `analysis` or `insight`. */
  readonly name: string
  readonly config: CommonConfig
  readonly routes: readonly Route[]
  /** Needed by routes with `auth: 'firebase'`. */
  readonly authenticate?: (idToken: string) => Promise<Caller>
  readonly readiness?: readonly ReadinessCheck[]
  /** Disposed in reverse when the service stops. */
  readonly resources?: readonly AsyncDisposable[]
}

/** A deployable: started once, disposed once. */
export interface Service extends AsyncDisposable {
  readonly name: string
  readonly routes: readonly Pick<Route, 'method' | 'path'>[]
  /** Listens and answers the real ports; a port that is taken rejects with one line that names its variable. */
  start(): Promise<{ port: number; metricsPort: number }>
}

const DRAIN_MS = 8000
const DISPOSE_MS = 1000
const FLUSH_MS = 500

/** A service: its routes behind the shell, `/health`, `/ready`, metrics, and an orderly end. */
export function createService(options: ServiceOptions): Service {
  const { name, config, routes, readiness = [], resources = [] } = options
  const authenticate = options.authenticate ?? refuseRoutesWithCaller(routes)
  const draining = new AbortController()
  const app = createApp({
    routes,
    readiness,
    surroundings: {
      authenticate,
      deadlineMs: config.requestDeadlineMs,
      draining: draining.signal,
      onCloudRun: config.onCloudRun,
    },
  })
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app)
  answerBrokenRequests(server)
  let metrics: MetricsServer | undefined
  return {
    name,
    routes,
    async start() {
      const host = config.onCloudRun ? '0.0.0.0' : '127.0.0.1'
      metrics = await startMetricsServer(config.metricsPort, host)
      const port = await listen(server, { port: config.port, host, variable: 'PORT' })
      logger.info({ service: name, port, metrics_port: metrics.port }, 'listening')
      return { port, metricsPort: metrics.port }
    },
    async [Symbol.asyncDispose]() {
      draining.abort()
      await stopServer(server, DRAIN_MS)
      await Promise.race([disposeInReverse(resources), sleep(DISPOSE_MS, undefined, { ref: false })])
      await flushTelemetry(FLUSH_MS)
      await metrics?.[Symbol.asyncDispose]()
    },
  }
}

function refuseRoutesWithCaller(routes: readonly Route[]): () => never {
  const route = routes.find(({ needsCaller }) => needsCaller)
  if (route !== undefined) throw new Error(`${route.method} ${route.path} needs a caller: give authenticate`)
  return () => {
    throw new Error('no route needs a caller')
  }
}

async function disposeInReverse(resources: readonly AsyncDisposable[]): Promise<void> {
  for (const resource of resources.toReversed()) {
    try {
      await resource[Symbol.asyncDispose]()
    } catch (error) {
      logger.error({ err: error }, 'resource could not be closed')
    }
  }
}
