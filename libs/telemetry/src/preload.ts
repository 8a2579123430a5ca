// For `node --import`: starts telemetry before the service's own imports, so that they are traced. What is imported
// as an ES module is hooked by the registered loader, what Google's clients require by the instrumentations.
import { register } from 'node:module'
import { telemetryConfig } from './config.ts'

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url, {
  data: { include: ['express', 'pino', 'http', 'https', '@grpc/grpc-js'] },
})

const { startTracing } = await import('./tracing.ts')
// The global meter must stand before the instrumentations ask for it.
await import('./metrics.ts')
await startTracing(telemetryConfig)

const { logRuntimeWarnings } = await import('./runtime-warnings.ts')
logRuntimeWarnings()
