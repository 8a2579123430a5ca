// For `node --import`: starts telemetry before the service's own imports, so that they are traced. What is imported
// as an ES module is hooked by the loader's hooks, what Google's clients require by the instrumentations.
import { register } from 'import-in-the-middle/register-hooks.mjs'
import { telemetryConfig } from './config.ts'

register({ include: ['express', 'pino', 'http', 'https', '@grpc/grpc-js'] })

const { startTracing } = await import('./tracing.ts')
// The global meter must stand before the instrumentations ask for it.
await import('./metrics.ts')
await startTracing(telemetryConfig)

const { logRuntimeWarnings } = await import('./runtime-warnings.ts')
logRuntimeWarnings()
