import { resources } from '@opentelemetry/sdk-node'
import { telemetryConfig } from './config.ts'

/** What every span and metric says about its process: the service, its revision and the Google Cloud project. */
export const telemetryResource = resources.defaultResource().merge(
  resources.resourceFromAttributes({
    'service.name': telemetryConfig.serviceName,
    'service.version': telemetryConfig.serviceVersion,
    'gcp.project_id': telemetryConfig.projectId,
  }),
)
