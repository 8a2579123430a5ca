import type { DocumentedRoute } from '@clarity/service-shell'
import { getExport } from './get-export.ts'
import { type HealthDataParts, getHealthData } from './get-health-data.ts'
import { getUploads } from './get-uploads.ts'

/** Everything that is held of a person, in pages and as a whole. */
export function healthDataRoutes(parts: HealthDataParts): DocumentedRoute[] {
  return [getHealthData, getUploads, getExport].map((make) => make(parts))
}
